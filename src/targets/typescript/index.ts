import type { Emission, RuleInfo } from "../../plan/emission.ts";
import type { Plan } from "../../plan/nodes.ts";
import { type Module, moduleOf } from "./module.ts";
import { standalone } from "./standalone.ts";

export interface TypeScriptOptions {
  /** The rule's name, for the function and the header. */
  readonly name?: string;
  readonly info?: RuleInfo;
  /** Without imports: the parts of the runtime that are used stand in the module. */
  readonly standalone?: boolean;
  /** false prints the same module in JavaScript. */
  readonly types?: boolean;
}

/**
 * A module with one function from events to result rows. It imports `ruleport/runtime` alone, or nothing with `standalone`.
 * What cannot be run yet is a note `unsupported`, and the text is "".
 */
export function emitTypeScript(plan: Plan, options: TypeScriptOptions = {}): Emission {
  const types = options.types ?? true;
  const module = moduleOf(plan, { name: options.name, info: options.info, types });
  if (module.notes.some((note) => note.level === "unsupported")) return { text: "", notes: module.notes };
  const runtime = options.standalone === true ? standalone(module, types) : importLines(module);
  const parts = [module.header, ...(options.standalone === true ? [] : [runtime]), module.declarations, `export ${module.body}`];
  if (options.standalone === true) parts.push(runtime);
  return { text: `${parts.filter((part) => part !== "").join("\n\n")}\n`, notes: module.notes };
}

function importLines({ imports, typeImports }: Module): string {
  const names = [...typeImports.map((name) => ({ name, text: `type ${name}` })), ...imports.map((name) => ({ name, text: name }))];
  if (names.length === 0) return "";
  names.sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  const line = `import { ${names.map((n) => n.text).join(", ")} } from "ruleport/runtime";`;
  if (line.length <= 110) return line;
  return ["import {", ...names.map((n) => `  ${n.text},`), '} from "ruleport/runtime";'].join("\n");
}

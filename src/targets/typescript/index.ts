import type { Emission, RuleInfo } from "../../plan/emission.ts";
import type { Plan } from "../../plan/nodes.ts";
import { type Module, moduleOf } from "./module.ts";
import { standaloneNames, standaloneRuntime } from "./standalone.ts";

export interface TypeScriptOptions {
  /** The rule's name, for the function and the header. */
  readonly name?: string;
  readonly info?: RuleInfo;
  /** Without imports: the parts of the runtime that are used stand in the module, with types. */
  readonly standalone?: boolean;
  /** false prints the same module in JavaScript. */
  readonly types?: boolean;
}

/**
 * A module with one function from events to result rows. It imports `ruleport/runtime` alone, or nothing with `standalone`.
 * What cannot be run yet is a note `unsupported`, and the text is "".
 */
export function emitTypeScript(plan: Plan, options: TypeScriptOptions = {}): Emission {
  const alone = options.standalone === true;
  const module = moduleOf(plan, {
    name: options.name,
    info: options.info,
    types: alone || (options.types ?? true),
    reserved: alone ? standaloneNames() : [],
  });
  if (module.notes.some((note) => note.level === "unsupported")) return { text: "", notes: module.notes };
  const own = [module.declarations, `export ${module.body}`];
  const parts = alone
    ? [module.header, ...own, "// The parts of ruleport's runtime that the rule uses.", standaloneRuntime(module)]
    : [module.header, importLines(module), ...own];
  return { text: `${parts.filter((part) => part !== "").join("\n\n")}\n`, notes: module.notes };
}

function importLines({ imports, typeImports }: Module): string {
  const names = [
    ...typeImports.map((name) => ({ name, text: `type ${name}` })),
    ...imports.map((name) => ({ name, text: name })),
  ];
  if (names.length === 0) return "";
  names.sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  const line = `import { ${names.map((n) => n.text).join(", ")} } from "ruleport/runtime";`;
  if (line.length <= 110) return line;
  return ["import {", ...names.map((n) => `  ${n.text},`), '} from "ruleport/runtime";'].join("\n");
}

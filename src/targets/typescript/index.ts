import type { Note } from "../../diagnostics/fidelity.ts";
import { isH3 } from "../../functions/geo.ts";
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
 * A module with one function from events to result rows. It imports `ruleport/runtime`, and `ruleport/h3` where it asks for H3
 * cells, or nothing with `standalone`.
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
  const cells = module.imports.filter(isH3);
  if (alone && cells.length > 0) return { text: "", notes: [...module.notes, ...cells.map(notAlone(plan))] };
  const own = [module.declarations, `export ${module.body}`];
  const parts = alone
    ? [module.header, ...own, "// The parts of ruleport's runtime that the rule uses.", standaloneRuntime(module)]
    : [module.header, importLines(module), ...own];
  return { text: `${parts.filter((part) => part !== "").join("\n\n")}\n`, notes: module.notes };
}

/** A library cannot stand in the module. */
const notAlone =
  ({ body }: Plan) =>
  (name: string): Note => ({
    level: "unsupported",
    cause: "library",
    construct: name,
    message: `${name} needs the library h3-js, which a module without imports cannot hold; without standalone it imports ruleport/h3`,
    span: body.span,
  });

function importLines({ imports, typeImports }: Module): string {
  const names = [
    ...typeImports.map((name) => ({ name, text: `type ${name}` })),
    ...imports.filter((name) => !isH3(name)).map((name) => ({ name, text: name })),
  ];
  names.sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  const lines = [
    importLine(imports.filter(isH3), "ruleport/h3"),
    importLine(
      names.map((n) => n.text),
      "ruleport/runtime",
    ),
  ];
  return lines.filter((line) => line !== "").join("\n");
}

function importLine(names: readonly string[], from: string): string {
  if (names.length === 0) return "";
  const line = `import { ${names.join(", ")} } from "${from}";`;
  if (line.length <= 110) return line;
  return ["import {", ...names.map((name) => `  ${name},`), `} from "${from}";`].join("\n");
}

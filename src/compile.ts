import { analyze } from "./analyze/index.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { parseKqlText } from "./kql/parse.ts";
import type { Plan } from "./plan/nodes.ts";
import { schemasOf, type TableDeclarations } from "./schemas/declared.ts";
import type { Column } from "./types/scalar-type.ts";

export interface CompileOptions {
  /** Tables besides the known ones: table → column → type name. */
  readonly schemas?: TableDeclarations;
}

export interface Compiled {
  /** null where an error stands in the way. */
  readonly plan: Plan | null;
  /** The result's columns, as far as they are known. */
  readonly columns: readonly Column[] | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** KQL text to plan: parse, then resolve names and types. */
export function compileKql(text: string, options: CompileOptions = {}): Compiled {
  const parsed = parseKqlText(text);
  if (!parsed.query || parsed.diagnostics.some((d) => d.severity === "error")) {
    return { plan: null, columns: null, diagnostics: parsed.diagnostics };
  }
  const analysis = analyze(parsed.query, text, schemasOf(options.schemas));
  return { ...analysis, diagnostics: [...parsed.diagnostics, ...analysis.diagnostics] };
}

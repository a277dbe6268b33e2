import { analyze } from "./analyze/index.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { Query } from "./kql/ast.ts";
import { parseKqlText } from "./kql/parse.ts";
import type { Plan } from "./plan/nodes.ts";
import { schemasOf, type TableDeclarations } from "./schemas/declared.ts";
import type { Column } from "./types/scalar-type.ts";

export interface CompileOptions {
  /** Tables besides the known ones: table → column → type name. */
  readonly schemas?: TableDeclarations;
  /** The tables that there are, where the query is to be run. */
  readonly present?: readonly string[];
  /** What the data says of the columns of plugins, by the place of their operators. */
  readonly discovered?: ReadonlyMap<number, readonly Column[]>;
}

export interface Compiled {
  /** The tree; null where the text could not be read. */
  readonly query: Query | null;
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
    return { query: parsed.query, plan: null, columns: null, diagnostics: parsed.diagnostics };
  }
  const { discovered, present } = options;
  const schemas = schemasOf(options.schemas);
  const analysis = analyze(parsed.query, text, {
    ...schemas,
    ...(present ? { present: () => present } : {}),
    ...(discovered ? { discovered: (span) => discovered.get(span.start) } : {}),
  });
  return { query: parsed.query, ...analysis, diagnostics: [...parsed.diagnostics, ...analysis.diagnostics] };
}

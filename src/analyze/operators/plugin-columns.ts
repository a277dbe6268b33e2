import type { Span } from "../../diagnostics/source.ts";
import type { Argument } from "../../kql/ast.ts";
import type { Expr, Relation } from "../../plan/nodes.ts";
import type { Column, ScalarType } from "../../types/scalar-type.ts";
import { automaticName } from "../names.ts";
import type { Names, Session } from "../session.ts";

export interface PluginArgument {
  readonly written: Argument;
  readonly value: Expr | null;
  readonly table: Relation | null;
  /** `typeof(*, …)` */
  readonly starred: boolean;
}
/** What a plugin is called with. */
export interface PluginCall {
  readonly input: Relation | null;
  /** Arguments in order, with the values of those that are no tables. */
  readonly arguments: readonly PluginArgument[];
}
/** A call of a plugin over rows. */
export interface RunnablePlugin extends PluginCall {
  readonly name: string;
  readonly input: Relation;
  /** The result's columns, as far as they are known. */
  readonly columns: readonly Column[];
  /** The schema behind the call: all columns of the result, and those that are written out. */
  readonly declared: { readonly columns: readonly Column[]; readonly written: readonly Column[] } | null;
  /** What the data says of the columns, where it was looked at. */
  readonly found: readonly Column[] | null;
  readonly span: Span;
  readonly session: Session;
  readonly names: Names;
}
export interface PluginColumns {
  readonly columns: readonly Column[];
  /** The data decides on further columns. */
  readonly open?: true;
}
type ColumnsOf = (call: PluginCall) => PluginColumns;

const column = (name: string, type: ScalarType): Column => ({ name, type });
const own = ({ input }: PluginCall): readonly Column[] => input?.columns ?? [];
/** The column that an argument is, under its name. */
function given({ arguments: args }: PluginCall, index: number): Column {
  const argument = args[index];
  const name = argument ? automaticName(argument.written.value) : null;
  return column(name ?? "", argument?.value?.type ?? "unknown");
}
/** The columns that all arguments from an index on are: the dimensions. */
function dimensions(call: PluginCall, from: number): readonly Column[] {
  return call.arguments.slice(from).flatMap((a, i) => (a.value?.kind === "column" ? [given(call, from + i)] : []));
}
const constantText = (call: PluginCall, index: number): string => {
  const value = call.arguments[index]?.value;
  return value?.kind === "literal" ? String(value.value) : "";
};

const fixed =
  (...columns: readonly Column[]): ColumnsOf =>
  () => ({ columns });
const same: ColumnsOf = (call) => ({ columns: own(call) });
const before =
  (...first: readonly Column[]): ColumnsOf =>
  (call) => ({ columns: [...first, ...own(call)] });
/** A time, the dimensions from an argument on, and results. */
const overTime =
  (time: number, from: number, ...results: readonly Column[]): ColumnsOf =>
  (call) => ({ columns: [given(call, time), ...dimensions(call, from), ...results] });
const data: ColumnsOf = () => ({ columns: [], open: true });

/** `typeof(*, a: long)` as the first argument says the result's columns. */
const declared: ColumnsOf = (call) => {
  const [argument] = call.arguments;
  const first = argument?.written.value;
  if (first?.kind !== "typeof" || typeof first.type === "string") return { columns: [], open: true };
  const columns = first.type.map((c) => column(c.name.text, c.type));
  return { columns: argument?.starred ? [...own(call), ...columns] : columns };
};

/** The columns of the first rows, then those of the table in the first argument, but for its key. */
const lookup =
  (keys: (call: PluginCall) => readonly string[], order: "own first" | "own last" = "own first"): ColumnsOf =>
  (call) => {
    const taken = new Set(own(call).map((c) => c.name));
    const left = keys(call);
    const added = (call.arguments[0]?.table?.columns ?? []).filter((c) => !left.includes(c.name));
    const renamed = added.map((c): Column => {
      let name = c.name;
      for (let i = 1; taken.has(name); i++) name = `${c.name}${i}`;
      taken.add(name);
      return { ...c, name };
    });
    return { columns: order === "own first" ? [...own(call), ...renamed] : [...renamed, ...own(call)] };
  };
/** `ipv4_lookup(T, ip, network, further keys)`: further keys are in both tables and stand once. */
const furtherKeys = (call: PluginCall): readonly string[] => dimensions(call, 3).map((c) => c.name);
const automaticNameOf = (call: PluginCall, index: number): string => {
  const argument = call.arguments[index];
  return argument ? (automaticName(argument.written.value) ?? "") : "";
};

/** The columns that a plugin of the reference gives. (evaluate-operator) */
export const pluginColumns: Readonly<Record<string, ColumnsOf>> = {
  active_users_count: overTime(1, 8, column("dcount", "long")),
  activity_counts_metrics: overTime(
    1,
    5,
    column("count", "long"),
    column("dcount", "long"),
    column("new_dcount", "long"),
    column("aggregated_dcount", "long"),
  ),
  activity_engagement: overTime(
    1,
    6,
    column("dcount_activities_inner", "long"),
    column("dcount_activities_outer", "long"),
    column("activity_ratio", "real"),
  ),
  activity_metrics: overTime(
    1,
    5,
    column("dcount_values", "long"),
    column("dcount_newvalues", "long"),
    column("retention_rate", "real"),
    column("churn_rate", "real"),
  ),
  ai_chat_completion: (call) => ({ columns: [...own(call), column(`${given(call, 0).name}_completion`, "string")] }),
  ai_chat_completion_prompt: (call) => ({
    columns: [...own(call), column(`${given(call, 0).name}_completion`, "string")],
  }),
  ai_embed_text: (call) => ({ columns: [...own(call), column(`${given(call, 0).name}_embedding`, "dynamic")] }),
  ai_embeddings: (call) => ({ columns: [...own(call), column(`${given(call, 0).name}_embeddings`, "dynamic")] }),
  autocluster: before(column("SegmentId", "long"), column("Count", "long"), column("Percent", "real")),
  azure_digital_twins_query_request: data,
  bag_unpack: (call) => {
    const bag = automaticNameOf(call, 0);
    return { columns: own(call).filter((c) => c.name !== bag), open: true };
  },
  basket: before(column("SegmentId", "long"), column("Count", "long"), column("Percent", "real")),
  cosmosdb_sql_request: data,
  dcount_intersect: (call) => ({
    columns: [...own(call), ...call.arguments.map((_, i) => column(`s${i}`, "long"))],
  }),
  diffpatterns: before(
    column("SegmentId", "long"),
    column("CountA", "long"),
    column("CountB", "long"),
    column("PercentA", "real"),
    column("PercentB", "real"),
    column("PercentDiffAB", "real"),
  ),
  funnel_sequence: (call) => ({
    columns: [
      given(call, 1),
      column("prev", "timespan"),
      column("next", "timespan"),
      column("dcount", "long"),
      column("samples", "dynamic"),
    ],
  }),
  funnel_sequence_completion: (call) => ({
    columns: [given(call, 1), given(call, 5), column("Period", "timespan"), column("dcount", "long")],
  }),
  geo_line_lookup: lookup(() => []),
  geo_polygon_lookup: lookup(() => []),
  http_request: fixed(column("ResponseHeaders", "dynamic"), column("ResponseBody", "dynamic")),
  http_request_post: fixed(column("ResponseHeaders", "dynamic"), column("ResponseBody", "dynamic")),
  identity: same,
  identity_v3: same,
  infer_storage_schema: fixed(column("CslSchema", "string")),
  infer_storage_schema_with_suggestions: fixed(column("SuggestedTableSchema", "string")),
  ipv4_lookup: lookup(furtherKeys),
  // Other than its documentation has it, the engine puts the columns of the table first.
  ipv6_lookup: lookup(furtherKeys, "own last"),
  mysql_request: data,
  narrow: fixed(column("Row", "long"), column("Column", "string"), column("Value", "string")),
  new_activity_metrics: (call) => {
    const time = given(call, 1);
    return {
      columns: [
        column(`from_${time.name}`, time.type),
        column(`to_${time.name}`, time.type),
        ...dimensions(call, 5),
        column("dcount_new_values", "long"),
        column("dcount_retained_values", "long"),
        column("dcount_churn_values", "long"),
        column("retention_rate", "real"),
        column("churn_rate", "real"),
      ],
    };
  },
  pivot: (call) => {
    const further = dimensions(call, 2);
    if (further.length > 0) return { columns: further, open: true };
    const used = new Set(call.arguments.flatMap(({ written }) => namesIn(written)));
    return { columns: own(call).filter((c) => !used.has(c.name)), open: true };
  },
  postgresql_request: data,
  preview: same,
  python: declared,
  r: declared,
  rolling_percentile: (call) => ({
    columns: [
      given(call, 2),
      ...dimensions(call, 5),
      column(
        `rolling_${constantText(call, 4)}_percentile_${given(call, 0).name}_${constantText(call, 1)}`,
        given(call, 0).type,
      ),
    ],
  }),
  rows_near: same,
  schema_merge: same,
  sequence_detect: (call) => {
    const time = given(call, 0);
    const steps = call.arguments.slice(3).filter((a) => a.value?.kind !== "column");
    return {
      columns: [
        ...dimensions(call, 3),
        ...steps.map((a) => column(`${a.written.name?.text ?? ""}_${time.name}`, time.type)),
        column("Duration", "timespan"),
      ],
    };
  },
  session_count: overTime(1, 6, column("count_sessions", "long")),
  sliding_window_counts: overTime(1, 6, column("Count", "long"), column("Dcount", "long")),
  sql_request: data,
};

/** Names in an argument, as far as calls go. */
function namesIn({ value }: Argument): readonly string[] {
  if (value.kind === "name") return [value.name];
  return value.kind === "call" ? value.arguments.flatMap(namesIn) : [];
}

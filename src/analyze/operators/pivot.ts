import { aggregateFunction } from "../../functions/index.ts";
import type { Call } from "../../kql/ast.ts";
import type { AggregateCall, NamedExpr, Relation } from "../../plan/nodes.ts";
import type { Column } from "../../types/scalar-type.ts";
import { aggregateCalls } from "../aggregate-call.ts";
import { call, columnRef, literal } from "../values.ts";
import type { RunnablePlugin } from "./plugin-columns.ts";

/** The aggregates that pivot takes, and their forms with a condition. */
const conditional: Readonly<Record<string, string>> = {
  avg: "avgif",
  count: "countif",
  dcount: "dcountif",
  make_bag: "make_bag_if",
  make_list: "make_list_if",
  make_set: "make_set_if",
  max: "maxif",
  min: "minif",
  stdev: "stdevif",
  sum: "sumif",
  take_any: "take_anyif",
  variance: "varianceif",
};

/**
 * `pivot(column, aggregate, further…)`: a column for every value of the first one, with the aggregate over its rows, by the further
 * columns: a summarize with conditions. Which values there are is declared, or found in the data. (pivot-plugin)
 */
export function pivot(plugin: RunnablePlugin): Relation | null {
  const { input, span, session, declared, found } = plugin;
  const [first, second, ...rest] = plugin.arguments;
  const key = first?.value;
  if (key?.kind !== "column") {
    session.diagnostics.add("KQL104", span, "pivot needs a column for the names of its columns");
    return null;
  }
  const given = second?.written.value;
  const isAggregate = given?.kind === "call" && aggregateFunction(given.name.text) !== undefined;
  const aggregate: Call = isAggregate ? given : { kind: "call", name: { text: "count", span }, arguments: [], span };
  const row = aggregateFunction(aggregate.name.text);
  const [base, ...more] = row ? aggregateCalls(row, aggregate, input, new Set(), { session, names: plugin.names }) : [];
  const name = row && conditional[row.name];
  if (!base || more.length > 0 || name === undefined) return null;
  const by = (isAggregate || second === undefined ? rest : [second, ...rest]).flatMap(({ value }) =>
    value?.kind === "column" ? [value] : [],
  );
  const used = new Set([key.name, ...base.args.flatMap((a) => (a.kind === "column" ? [a.name] : []))]);
  const grouped = by.length > 0 ? by : input.columns.filter((c) => !used.has(c.name)).map((c) => columnRef(c, span));
  const keys = grouped.flatMap((e): NamedExpr[] => (e.kind === "column" ? [{ name: e.name, value: e }] : []));
  const type = base.columns[0]?.type ?? "unknown";
  const own = keys.map((k): Column => ({ name: k.name, type: k.value.type }));
  if (!declared && !found) {
    const values: Relation = {
      kind: "aggregate",
      input,
      keys: [{ name: "value", value: key }],
      aggregates: [],
      keyword: "distinct",
      columns: [{ name: "value", type: key.type }],
      span,
    };
    const columns = session.openedColumns("pivot", own);
    const args = [key, ...by].map((value) => ({ name: null, value }));
    // The values' columns are named by the keys: which of its names the aggregate was called by does not count.
    const written = isAggregate ? { aggregate: { ...base, columns: [{ name, type }] } } : {};
    const discover = { plugin: "pivot", values } as const;
    return { kind: "plugin", name: "pivot", input, tables: [], args, ...written, open: true, discover, columns, span };
  }
  const wanted = declared
    ? declared.columns.filter((c) => !own.some((k) => k.name === c.name))
    : (found ?? []).map((c): Column => ({ name: c.name, type }));
  const text = key.type === "string" ? key : call("tostring", [key], "string", span);
  const aggregates = wanted.map((c): AggregateCall => {
    const condition = call("==", [text, literal("string", c.name, span)], "bool", span);
    return { function: name, args: [...base.args, condition], columns: [{ name: c.name, type: c.type }], span };
  });
  return { kind: "aggregate", input, keys, aggregates, keyword: "summarize", columns: [...own, ...wanted], span };
}

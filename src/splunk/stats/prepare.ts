import { printEval } from "../../spl/print-eval.ts";
import type { Aggregation } from "../../spl/tree.ts";
import type { Engine } from "../engine.ts";
import { compileEval } from "../eval/compile.ts";
import { SplProblem } from "../problem.ts";
import { expandNames, namePattern, type Row } from "../row.ts";
import { storeValue, type Value } from "../value.ts";
import {
  type Aggregate,
  aggregates,
  distinctNumbers,
  exactPercentiles,
  type Item,
  percentileAggregate,
  percentOf,
} from "./accumulate.ts";

/** An aggregate that is ready: the name of its column, its value in a row, and what it makes of a group. */
export interface Prepared {
  readonly name: string;
  /** The function, in lower case. */
  readonly function: string;
  /** `count` without a field: every row counts. */
  readonly countsRows: boolean;
  /** The value that a row adds; undefined adds none. */
  readonly valueOf: (row: Row) => Value | undefined;
  readonly finish: (items: readonly Item[], rows: number) => Value | undefined;
}

/** How fields are found in rows; tstats has names of its own. */
export type FieldValue = (name: string) => (row: Row) => Value | undefined;

const fromRow: FieldValue = (name) => (row) => row.get(name);

/**
 * Makes aggregates ready. A wildcard stands for each of the fields that there are, `values(*) as *` names them alike. Unknown
 * functions are located problems; `own` are those that one command alone has. (stats command: "Syntax", "Wildcards")
 */
export function prepareAll(
  engine: Engine,
  aggregations: readonly Aggregation[],
  names: readonly string[],
  field: FieldValue = fromRow,
  own: Readonly<Record<string, Aggregate>> = {},
): readonly Prepared[] {
  return aggregations.flatMap((aggregation) => expanded(aggregation, names).map((a) => prepare(engine, a, field, own)));
}

function expanded(aggregation: Aggregation, names: readonly string[]): readonly Aggregation[] {
  const { argument, as } = aggregation;
  if (argument?.kind !== "field" || !argument.name.includes("*")) return [aggregation];
  const pattern = namePattern(argument.name);
  return expandNames([argument.name], names).map((name) => {
    const groups = pattern.exec(name)?.slice(1) ?? [];
    let next = 0;
    const renamed = as === null ? null : as.replace(/\*/g, () => groups[next++] ?? "");
    return { ...aggregation, argument: { kind: "field", name }, as: renamed };
  });
}

function prepare(
  engine: Engine,
  node: Aggregation,
  field: FieldValue,
  own: Readonly<Record<string, Aggregate>>,
): Prepared {
  const aggregate = aggregateOf(engine, node, own);
  return {
    name: node.as ?? defaultName(node),
    function: node.function.toLowerCase(),
    countsRows: node.argument === null,
    valueOf: rowValue(engine, node, field),
    finish: (items, rows) => aggregate(items, rows, engine, node),
  };
}

function aggregateOf(engine: Engine, node: Aggregation, own: Readonly<Record<string, Aggregate>>): Aggregate {
  const name = node.function.toLowerCase();
  const percent = percentOf(name);
  const known = Object.hasOwn(own, name) ? own[name] : Object.hasOwn(aggregates, name) ? aggregates[name] : undefined;
  if (percent === null && known === undefined) {
    throw new SplProblem("SPL202", node, `the statistical function \`${node.function}\` is not run here`);
  }
  if (node.argument === null && name !== "count" && name !== "c") {
    throw new SplProblem("SPL203", node, `${node.function}() needs a field`);
  }
  if (percent === null) return known ?? aggregates.count ?? (() => undefined);
  const exact = percentileAggregate(percent);
  if (name.startsWith("exact")) return exact;
  return (items, rows, ...rest) => {
    if (distinctNumbers(items) > exactPercentiles) {
      engine.warn(
        "SPL212",
        node,
        `${node.function}() of more than ${exactPercentiles} distinct values is an estimate; here it is exact`,
      );
    }
    return exact(items, rows, ...rest);
  };
}

/** The value of `eval(…)`: a condition counts where it is true. */
function rowValue(engine: Engine, node: Aggregation, field: FieldValue): (row: Row) => Value | undefined {
  const { argument } = node;
  if (argument === null) return () => undefined;
  if (argument.kind === "field") return field(argument.name);
  const run = compileEval(engine, argument.expr);
  return (row) => {
    const value = run(row);
    if (typeof value === "boolean") return value ? 1 : undefined;
    return storeValue(value);
  };
}

/** The column of an aggregate without `as` is named by its call. */
export function defaultName(node: Aggregation): string {
  const { argument } = node;
  if (argument === null) return node.function;
  if (argument.kind === "field") return `${node.function}(${argument.name})`;
  return `${node.function}(eval(${printEval(argument.expr, () => "[ … ]")}))`;
}

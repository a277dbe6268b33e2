import { aggregateFunction, functionNames } from "../../src/functions/index.ts";
import type { AggregateFunction } from "../../src/functions/row.ts";
import type { Column } from "../../src/types/scalar-type.ts";
import type { Choices } from "./choices.ts";
import { expression, typesOf, written } from "./expressions.ts";
import { literals, type Type } from "./tables.ts";

/** What a query is made in: its lets so far, and the compiler, which says what columns a text has; null for one that is not right. */
export interface Making {
  readonly lets: string[];
  readonly columnsOf: (query: string) => readonly Column[] | null;
  /** Steps that were right, and all that were tried. */
  readonly tally: { right: number; tried: number };
  names: number;
}

const types = Object.keys(literals) as [Type, ...Type[]];
const notDynamic = (columns: readonly Column[]): readonly Column[] => columns.filter((c) => c.type !== "dynamic");

const aggregates: readonly AggregateFunction[] = [
  ...new Map(
    functionNames().flatMap((name) => {
      const row = aggregateFunction(name);
      return row?.run !== undefined && row.older === undefined ? [[row.name, row] as const] : [];
    }),
  ).values(),
];
const constants: Readonly<Record<string, readonly string[]>> = {
  percentile: ["50", "95.5", "0"],
  percentiles: ["50", "95"],
  percentiles_array: ["dynamic([5, 50])"],
  percentilew: ["50"],
  percentilesw: ["50"],
  percentilesw_array: ["dynamic([50, 90])"],
};

/** `sum(x)`, with as many arguments as are needed. */
function aggregate(columns: readonly Column[], c: Choices): string {
  const simple = c.below(3);
  if (simple === 0) return "count()";
  const row = c.any(aggregates);
  if (row === undefined) return "count()";
  const count = row.parameters.length - (row.optional ?? 0) + c.below((row.optional ?? 0) + 1);
  const args = Array.from({ length: count }, (_, i) => {
    const own = constants[row.name];
    if (own && i === count - 1) return c.any(own) ?? "50";
    if (i > 0 && row.constants?.includes(i)) return "2";
    if (i > 0 && JSON.stringify(row.parameters[i]) === '["int","long"]') return c.of(["2", "1", "3"]);
    const [first = "long", ...rest] = typesOf(row.parameters[i] ?? "any");
    return expression(c.of([first, ...rest]), columns, c, c.below(2));
  });
  if (/^arg_/.test(row.name)) args.push(c.oneIn(3) ? "*" : expression(c.of(types), columns, c, 0));
  return `${row.name}(${args.join(", ")})`;
}

/** Columns to group by, or functions of them. */
function keys(columns: readonly Column[], c: Choices, most: number): string[] {
  const chosen = new Set<string>();
  for (let n = c.below(most + 1); n > 0; n--) {
    const column = c.any(notDynamic(columns));
    if (column === undefined) continue;
    const name = written(column.name);
    if (column.type === "datetime" && c.oneIn(2)) chosen.add(`bin(${name}, 1d)`);
    else if (column.type === "long" && c.oneIn(3)) chosen.add(`q = bin(${name}, 3)`);
    else chosen.add(name);
  }
  return [...chosen];
}

const by = (list: readonly string[]): string => (list.length > 0 ? ` by ${list.join(", ")}` : "");

/** All columns that have an order, so that rows that differ are never a tie but in what nobody can sort by. */
function wholeOrder(columns: readonly Column[], c: Choices): string {
  const sorted = columns.map((column) => {
    const value = column.type === "dynamic" ? `tostring(${written(column.name)})` : written(column.name);
    return `${value}${c.of([" asc", " desc", "", " asc nulls last", " desc nulls first"])}`;
  });
  return sorted.join(", ");
}

type Step = (columns: readonly Column[], c: Choices, making: Making, depth: number) => string;

const some = (columns: readonly Column[], c: Choices): Column[] => {
  const chosen = columns.filter(() => c.below(2) === 0);
  return chosen.length > 0 ? chosen : columns.slice(0, 1);
};
const fresh = (making: Making, start: string): string => `${start}${making.names++}`;

const steps: readonly [Step, ...Step[]] = [
  (columns, c) => `where ${expression("bool", columns, c, 1 + c.below(3))}`,
  (columns, c, m) => {
    const name = c.oneIn(3) ? (c.any(columns)?.name ?? "x") : fresh(m, "x");
    return `extend ${written(name)} = ${expression(c.of(types), columns, c, 1 + c.below(3))}`;
  },
  (columns, c, m) =>
    `extend ${fresh(m, "x")} = ${expression(c.of(types), columns, c, 2)}, ${fresh(m, "x")} = ${expression(c.of(types), columns, c, 1)}`,
  (columns, c, m) => {
    const kept = some(columns, c).map((k) => written(k.name));
    return `project ${[...kept, `${fresh(m, "y")} = ${expression(c.of(types), columns, c, 2)}`].join(", ")}`;
  },
  (columns, c) =>
    `project ${expression(c.of(types), columns, c, 1)}, ${some(columns, c)
      .map((k) => written(k.name))
      .join(", ")}`,
  (columns, c) =>
    c.of([
      () => `project-away ${written(c.any(columns)?.name ?? "x")}`,
      () =>
        `project-keep ${some(columns, c)
          .map((k) => written(k.name))
          .join(", ")}`,
      () => `project-keep ${c.of(["x*", "*", "l*"])}`,
      () => `project-reorder ${c.of(["* desc", "* asc", "s, *", "l"])}`,
      () => `project-away ${c.of(["x*", "l*"])}`,
    ])(),
  (columns, c, m) => `project-rename ${fresh(m, "n")} = ${written(c.any(columns)?.name ?? "x")}`,
  (columns, c, m) => {
    const made = Array.from({ length: 1 + c.below(3) }, () =>
      c.oneIn(2) ? aggregate(columns, c) : `${fresh(m, "a")} = ${aggregate(columns, c)}`,
    );
    return `summarize ${made.join(", ")}${by(keys(columns, c, 2))}`;
  },
  (columns, c, m) =>
    `summarize ${fresh(m, "a")} = ${aggregate(columns, c)}${c.of([" + 1", " * 2.5", ""])}, ${fresh(m, "a")} = tostring(${aggregate(columns, c)})${by(keys(columns, c, 2))}`,
  (columns, c) => `summarize${by(keys(columns, c, 2)) || " by 1"}`,
  (columns, c) =>
    `distinct ${
      c.oneIn(4)
        ? "*"
        : some(notDynamic(columns), c)
            .map((k) => written(k.name))
            .join(", ")
    }`,
  () => "count",
  (columns, c) => `sort by ${wholeOrder(columns, c)}`,
  (columns, c) => `sort by ${wholeOrder(columns, c)}\n| take ${c.below(4)}`,
  (columns, c) => `top ${c.below(4)} by ${wholeOrder(columns, c)}`,
  (columns, c) => {
    const column = c.any(columns.filter((k) => k.type === "dynamic"));
    const name = written(column?.name ?? "d");
    return c.of([
      () => `mv-expand ${name}`,
      () => `mv-expand ${name} to typeof(${c.of(types)})`,
      () => `mv-expand with_itemindex=ix ${name}`,
      () => `mv-expand bagexpansion=array ${name}`,
      () => `mv-expand kind=array ${name} limit 2`,
      () => `mv-expand z = ${expression("dynamic", columns, c, 1)}, ${name}`,
    ])();
  },
  (columns, c, m, depth) => {
    const column = c.any(columns.filter((k) => k.type === "dynamic"));
    const name = written(column?.name ?? "d");
    const type = c.of(types);
    const inside = [...columns.filter((k) => k.name !== column?.name), { name: "el", type }];
    const body = c.of([
      () => `where ${expression("bool", inside, c, 1)}`,
      () => `summarize ${fresh(m, "a")} = ${aggregate(inside, c)}${by(keys(inside, c, 1))}`,
      () => `extend ${fresh(m, "x")} = ${expression(c.of(types), inside, c, 1)}`,
      () => `sort by el asc | take 1`,
      () => `where isnotnull(el) | count`,
    ])();
    return `mv-apply ${depth > 1 ? "" : c.of(["", "with_itemindex=ix "])}el = ${name} to typeof(${type}) on (${body})`;
  },
  (columns, c, m) => {
    const text = written(c.any(columns.filter((k) => k.type === "string"))?.name ?? "s");
    const [one, two] = [fresh(m, "p"), fresh(m, "p")];
    const type = c.of(["", ":long", ":real", ":datetime", ":timespan", ":string", ":guid"]);
    return `${c.of(["parse", "parse-where"])} ${c.of(["", "kind=relaxed ", "kind=regex ", "kind=regex flags=Ui "])}${text} with ${c.of(
      [
        `${one} "=" ${two}${type}`,
        `* "a" ${one}${type} " " *`,
        `* "." ${two}`,
        `${one}${type}`,
        `"C:" ${one} "net" *`,
        `* "k=" ${one} "; " ${two} "=" *`,
      ],
    )}`;
  },
  (columns, c, m) => {
    const text = written(c.any(columns.filter((k) => k.type === "string"))?.name ?? "s");
    return `parse-kv ${text} as (a:${c.of(types.filter((t) => t !== "dynamic") as [Type, ...Type[]])}, b:string, ['${fresh(m, "k")}']:string)${c.of(["", " with (pair_delimiter='; ', kv_delimiter='=')", ' with (quote="\'")', " with (greedy=true)"])}`;
  },
  (_, c, m, depth) => {
    const other = tabular(m, c, depth + 1);
    const kind = c.of(["", "kind=outer ", "kind=inner ", "withsource=src "]);
    return `union ${kind}${c.of([`(${other})`, "U", `U, (${other})`, "T"])}`;
  },
  (columns, c, m, depth) => {
    const kind = c.of([
      "",
      "kind=inner ",
      "kind=leftouter ",
      "kind=rightouter ",
      "kind=fullouter ",
      "kind=leftsemi ",
      "kind=rightsemi ",
      "kind=leftanti ",
      "kind=rightanti ",
      "kind=innerunique ",
      "kind=anti ",
    ]);
    const other = c.oneIn(3)
      ? `(${tabular(m, c, depth + 1)})`
      : c.of(["U", "(U | project l, site, r)", "(T | project s, l, d)"]);
    const mine = c.any(columns.filter((k) => k.type === "long" || k.type === "string"));
    const on = c.of([
      "l",
      "s",
      "l, s",
      mine === undefined ? "l" : `$left.${written(mine.name)} == $right.${mine.type === "long" ? "l" : "s"}`,
    ]);
    return `join ${kind}${other} on ${on}`;
  },
  (_, c) => `lookup ${c.of(["", "kind=inner ", "kind=leftouter "])}(U | project l, site, r | distinct *) on l`,
  (columns, c, m) => {
    const time = c.any(columns.filter((k) => k.type === "datetime"))?.name ?? "t";
    const kept = notDynamic(columns).filter((k) => k.type !== "datetime");
    return `make-series ${fresh(m, "ms")} = ${aggregate(columns, c)}${c.of([" default = 0", "", " default = 1.5"])} on ${written(time)} ${c.of(["from datetime(2025-10-13) to datetime(2025-10-16) step 12h", "from datetime(2025-10-14) to datetime(2025-10-15) step 1h", "in range (datetime(2025-10-13), datetime(2025-10-15), 1d)"])}${by(keys(kept, c, 1))}`;
  },
  (columns, c, m) => {
    const key = c.any(columns.filter((k) => k.type === "string" || k.type === "long"))?.name ?? "s";
    const body = c.of([
      () => `top 1 by ${wholeOrder(columns, c)}`,
      () => `summarize ${fresh(m, "a")} = ${aggregate(columns, c)} by ${written(key)}`,
      () => `where ${expression("bool", columns, c, 1)}`,
      () => `sort by ${wholeOrder(columns, c)} | extend ${fresh(m, "w")} = row_number()`,
    ])();
    return `partition by ${written(key)} (${body})`;
  },
  (columns, c, m) => {
    const window = (): string =>
      c.of([
        () => `row_number(${c.of(["", "0", "5"])})`,
        () => `prev(${expression(c.of(types), columns, c, 0)}${c.of(["", ", 2", ", 1"])})`,
        () => `next(${expression(c.of(types), columns, c, 1)}${c.of(["", ", 2"])})`,
        () =>
          `row_cumsum(${expression(c.of(["long", "real", "timespan"]), columns, c, 0)}${c.of(["", ", b", ", l > 1"])})`,
        () => `row_rank_dense(${expression(c.of(["long", "string"]), columns, c, 0)})`,
        () => `row_rank_min(${expression(c.of(["long", "string"]), columns, c, 0)})`,
        () => `row_window_session(${written(columns.find((k) => k.type === "datetime")?.name ?? "t")}, 1h, 10m)`,
      ])();
    return c.of([
      () =>
        `sort by ${wholeOrder(columns, c)}\n| extend ${fresh(m, "w")} = ${window()}, ${fresh(m, "w")} = ${window()}`,
      () => `serialize ${fresh(m, "w")} = ${window()}`,
      () => `sort by ${wholeOrder(columns, c)}\n| where ${window()} ${c.of(["==", "!=", ">"])} ${c.of(literals.long)}`,
      () => `serialize\n| project ${fresh(m, "w")} = 1 + ${window()}, ${written(columns[0]?.name ?? "l")}`,
    ])();
  },
  (columns, c, m) => {
    const declared = fresh(m, "sc");
    const predicate = (): string => expression("bool", columns, c, 1);
    return `sort by ${wholeOrder(columns, c)}\n| scan ${c.of(["", "with_match_id=mid "])}declare (${declared}: long = 0) with (step s1: ${predicate()}; step s2${c.of(["", " output=last", " optional", " output=none"])}: ${c.of([predicate(), `s1.${declared} >= 0`])} => ${declared} = s2.${declared} + ${expression("long", columns, c, 0)};)`;
  },
  (columns, c) => {
    const [one = "s", two = "l"] = some(notDynamic(columns), c).map((k) => written(k.name));
    return `top-nested ${c.of(["", "2 ", "1 "])}of ${one}${c.of(["", ' with others = "o"'])} by ${c.of(["count()", "max(l)", "sum(r)", "dcount(s)"])}${one === two || c.oneIn(2) ? "" : `, top-nested 2 of ${two} by count()`}`;
  },
  (columns, c) =>
    `top-hitters ${1 + c.below(3)} of ${written(c.any(notDynamic(columns))?.name ?? "s")}${c.of(["", " by l", " by r"])}`,
  (columns, c, m, depth) => {
    const other = tabular(m, c, depth + 1);
    return c.of([
      () => `where ${written(c.any(notDynamic(columns))?.name ?? "l")} ${c.of(["in", "!in", "in~"])} (${other})`,
      () => `extend ${fresh(m, "ts")} = toscalar(${other} | summarize ${aggregate(columns, c)})`,
      () => `where l < toscalar(U | summarize max(l))`,
      () => `where s in (U | where r > 0 | project s)`,
    ])();
  },
  (_, c, m) => {
    const name = fresh(m, "V");
    return c.of([
      `as ${name}`,
      `as ${name}\n| union ${name}`,
      "getschema",
      "serialize",
      `as hint.materialized=true ${name}`,
    ]);
  },
  (columns, c) =>
    `search ${c.of(['"a"', '"net" or l == 1', 's: "a*"', '"a" and not("b")'])}${columns.length > 99 ? "" : ""}`,
  (columns, c) => {
    const name = written(c.any(columns.filter((k) => k.type === "dynamic"))?.name ?? "bag");
    return c.of([
      `evaluate bag_unpack(${name})`,
      `evaluate bag_unpack(${name}, 'u_')`,
      `evaluate bag_unpack(${name}) : (k: string, n: long)`,
      "project s, b, l\n| evaluate pivot(b, count())",
      "evaluate narrow()",
    ]);
  },
  (_, c, m) => {
    const name = fresh(m, "F");
    const body = c.of(["x + 1", "iff(x > 0, y, strcat(y, x))", "strlen(y) * x"]);
    m.lets.push(`let ${name} = (x: long, y: string = "d") { ${body} };`);
    return `extend ${fresh(m, "x")} = ${name}(l, ${c.of(["s", '"a"'])})`;
  },
  (columns, c, m) => {
    const name = fresh(m, "G");
    m.lets.push(
      `let ${name} = (A: (l: long, s: string), n: long) { A | where l > n | extend ${fresh(m, "x")} = strcat(s, n) };`,
    );
    return `invoke ${name}(${columns.length > 99 ? "0" : c.of(literals.long)})`;
  },
  (_, c, m) => {
    const name = fresh(m, "v");
    const type = c.of(types);
    m.lets.push(`let ${name} = ${expression(type, [], c, 2)};`);
    return `extend ${fresh(m, "x")} = ${name}`;
  },
];

/** Where rows come from. */
function source(m: Making, c: Choices, depth: number): string {
  const simple = c.below(depth === 0 ? 8 : 6);
  switch (simple) {
    case 0:
    case 1:
    case 2:
      return "T";
    case 3:
      return "U";
    case 4:
      return `range l ${c.of(["from 1 to 4 step 1", "from 0 to 0 step 1", "from 9 to -3 step -4", "from 9007199254740991 to 9007199254740995 step 2"])}`;
    case 5:
      return `print ${fresh(m, "x")} = ${expression(c.of(types), [], c, 2)}, l = ${expression("long", [], c, 1)}, s = ${expression("string", [], c, 1)}`;
    case 6: {
      const cells = Array.from(
        { length: 1 + c.below(3) },
        () => `${c.of(literals.long)}, ${c.of(literals.string)}, ${c.of(literals.dynamic)}, ${c.of(literals.real)}`,
      );
      return `datatable(l: long, s: string, d: dynamic, r: real)[${cells.join(", ")}]`;
    }
    default: {
      const name = fresh(m, "W");
      const made = tabular(m, c, depth + 1);
      m.lets.push(`let ${name} = ${c.of(["", "materialize "])}${c.below(1) === 0 ? `(${made})` : made};`);
      return name;
    }
  }
}

/** A short query inside another one. */
function tabular(m: Making, c: Choices, depth: number): string {
  let text = source(m, c, depth);
  for (let n = depth > 2 ? 0 : c.below(3); n > 0; n--) text = extended(text, m, c, depth).replaceAll("\n", " ");
  return text;
}

/** The query with a further step, or as it was where the step is not right. */
export function extended(text: string, making: Making, c: Choices, depth: number): string {
  const columns = making.columnsOf([...making.lets, text].join("\n"));
  if (columns === null || columns.length === 0) return text;
  const before = making.lets.length;
  const longer = `${text}\n| ${c.of(steps)(columns, c, making, depth)}`;
  making.tally.tried++;
  if (making.columnsOf([...making.lets, longer].join("\n")) !== null) {
    making.tally.right++;
    return longer;
  }
  making.lets.length = before;
  return text;
}

/** A random query: the first list of numbers decides on where its rows come from, each further one on a step. */
export function query(making: Making, choices: readonly Choices[]): string {
  const [first, ...rest] = choices;
  let text = first === undefined ? "T" : source(making, first, 0);
  if (making.columnsOf([...making.lets, text].join("\n")) === null) {
    making.lets.length = 0;
    text = "T";
  }
  for (const c of rest) text = extended(text, making, c, 0);
  return [...making.lets, text].join("\n");
}

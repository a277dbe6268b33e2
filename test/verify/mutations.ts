import type { Command, EvalExpr, Pipeline, SearchExpr } from "../../src/spl/tree.ts";

/** A search with one small mistake in it. */
export interface Mutant {
  /** What was changed, in a few words. */
  readonly change: string;
  readonly pipeline: Pipeline;
}

type Edit<T> = { readonly change: string; readonly node: T };

/** Every single change of a search that the lists below know. */
export function mutantsOf(pipeline: Pipeline): readonly Mutant[] {
  const { commands } = pipeline;
  return commands.flatMap((command, i): Mutant[] => {
    const put = (...by: readonly Command[]): Pipeline => ({
      ...pipeline,
      commands: [...commands.slice(0, i), ...by, ...commands.slice(i + 1)],
    });
    const edits = commandEdits(command).map((e) => ({ change: e.change, pipeline: put(e.node) }));
    const dropped = i === 0 ? [] : [{ change: `${command.kind} dropped`, pipeline: put() }];
    return [...dropped, ...edits];
  });
}

function commandEdits(command: Command): Edit<Command>[] {
  switch (command.kind) {
    case "search":
      return searchEdits(command.expr).map((e) => ({ ...e, node: { ...command, expr: e.node } }));
    case "where":
      return evalEdits(command.expr).map((e) => ({ ...e, node: { ...command, expr: e.node } }));
    case "eval":
      return command.assignments.flatMap((a, i) =>
        evalEdits(a.value).map((e) => ({
          change: `${a.field}: ${e.change}`,
          node: { ...command, assignments: command.assignments.with(i, { ...a, value: e.node }) },
        })),
      );
    case "tstats":
      return [
        ...(command.where === null
          ? []
          : searchEdits(command.where).map((e) => ({ ...e, node: { ...command, where: e.node } }))),
        ...drops(command.by, "a key").map((e) => ({ ...e, node: { ...command, by: e.node } })),
        ...command.aggregations.flatMap((a, i) =>
          otherFunctions(a.function).map((f) => ({
            change: `${a.function} → ${f}`,
            node: { ...command, aggregations: command.aggregations.with(i, { ...a, function: f }) },
          })),
        ),
      ];
    case "stats":
      return [
        ...drops(command.by, "a key").map((e) => ({ ...e, node: { ...command, by: e.node } })),
        ...drops(command.aggregations, "an aggregate").map((e) => ({
          ...e,
          node: { ...command, aggregations: e.node },
        })),
        ...command.aggregations.flatMap((a, i) =>
          otherFunctions(a.function).map((f) => ({
            change: `${a.function} → ${f}`,
            node: { ...command, aggregations: command.aggregations.with(i, { ...a, function: f }) },
          })),
        ),
      ];
    case "sort":
      return [
        ...(command.limit === 0 ? [{ change: "sort 0 → sort", node: { ...command, limit: null } }] : []),
        ...command.keys.map((key, i) => ({
          change: `sort ${key.field} the other way`,
          node: { ...command, keys: command.keys.with(i, { ...key, descending: !key.descending }) },
        })),
      ];
    case "dedup":
      return [{ change: "dedup 2", node: { ...command, count: 2 } }];
    case "fillnull":
      return [
        ...drops(command.fields, "fillnull of").map((e) => ({ ...e, node: { ...command, fields: e.node } })),
        { change: "fillnull with 0", node: { ...command, value: "0" } },
      ];
    case "rex":
      return patternEdits(command.pattern).map((e) => ({ ...e, node: { ...command, pattern: e.node } }));
    case "rename":
      return command.pairs.length < 2
        ? []
        : drops(command.pairs, "a renaming").map((e) => ({ ...e, node: { ...command, pairs: e.node } }));
    case "table":
      return drops(command.fields, "a column").map((e) => ({ ...e, node: { ...command, fields: e.node } }));
    default:
      return [];
  }
}

function otherFunctions(name: string): readonly string[] {
  const others: Readonly<Record<string, readonly string[]>> = {
    min: ["max"],
    max: ["min"],
    values: ["list", "first"],
    dc: ["count"],
    list: ["values"],
  };
  return others[name] ?? [];
}

function drops<T>(list: readonly T[], what: string): Edit<readonly T[]>[] {
  return list.length < 2
    ? []
    : list.map((item, i) => ({
        change: `${what} lost: ${typeof item === "string" ? item : JSON.stringify(item)}`,
        node: list.filter((_, j) => j !== i),
      }));
}

function searchEdits(expr: SearchExpr): Edit<SearchExpr>[] {
  switch (expr.kind) {
    case "compare": {
      const edits = valueEdits(expr.value).map((e) => ({ ...e, node: { ...expr, value: e.node } }));
      return expr.operator === "="
        ? [...edits, { change: `${expr.field}= → !=`, node: { ...expr, operator: "!=" } }]
        : edits;
    }
    case "in":
      return [
        ...drops(expr.values, "a list element").map((e) => ({ ...e, node: { ...expr, values: e.node } })),
        ...expr.values.flatMap((value, i) =>
          valueEdits(value).map((e) => ({ ...e, node: { ...expr, values: expr.values.with(i, e.node) } })),
        ),
      ];
    case "and":
    case "or":
      return logicalEdits(expr, searchEdits, (operand) => ({ kind: "not", operand }));
    case "not":
      return [
        { change: "NOT removed", node: expr.operand },
        ...searchEdits(expr.operand).map((e) => ({ ...e, node: { ...expr, operand: e.node } })),
      ];
    default:
      return [];
  }
}

function valueEdits(value: string): Edit<string>[] {
  const edits: Edit<string>[] = [];
  const add = (change: string, node: string): void => {
    if (node !== value && node !== "") edits.push({ change: `${change}: ${value}`, node });
  };
  if (value.startsWith("*")) add("leading * removed", value.slice(1));
  else add("leading * added", `*${value}`);
  if (value.endsWith("*")) add("trailing * removed", value.slice(0, -1));
  else add("trailing * added", `${value}*`);
  const plain = value.replace(/^\*|\*$/g, "");
  const middle = Math.floor(plain.length / 2);
  if (plain.length > 1) add("a letter lost", value.replace(plain, plain.slice(0, middle) + plain.slice(middle + 1)));
  if (plain.includes("\\")) add("a backslash removed", value.replace("\\", ""));
  if (plain.includes(" ")) add("a blank removed", value.replace(" ", ""));
  return edits;
}

function logicalEdits<T, L extends T & { readonly kind: string; readonly operands: readonly T[] }>(
  expr: L,
  inner: (expr: T) => Edit<T>[],
  negate: (expr: T) => T,
): Edit<T>[] {
  const { operands } = expr;
  const [first] = operands;
  const rest = (list: readonly T[]): T =>
    list.length === 1 && list[0] !== undefined ? list[0] : { ...expr, operands: list };
  const edits: Edit<T>[] = [
    {
      change: `${expr.kind} → ${expr.kind === "and" ? "or" : "and"}`,
      node: { ...expr, kind: expr.kind === "and" ? "or" : "and" },
    },
    ...operands.map((operand, i) => ({
      change: `an operand of ${expr.kind} lost: ${shown(operand)}`,
      node: rest(operands.filter((_, j) => j !== i)),
    })),
    ...operands.map((operand, i) => ({
      change: `NOT before ${shown(operand)}`,
      node: { ...expr, operands: operands.with(i, negate(operand)) },
    })),
  ];
  if (first !== undefined && operands.length > 2) {
    edits.push({
      change: "NOT around all but the first operand",
      node: { ...expr, operands: [first, negate(rest(operands.slice(1)))] },
    });
  }
  operands.forEach((operand, i) => {
    for (const e of inner(operand)) edits.push({ ...e, node: { ...expr, operands: operands.with(i, e.node) } });
  });
  return edits;
}

const shown = (node: unknown): string => JSON.stringify(node).slice(0, 100);

const opposite: Readonly<Record<string, "<" | "<=" | ">" | ">=" | "==" | "!=">> = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "==": "!=",
  "!=": "==",
};

function evalEdits(expr: EvalExpr): Edit<EvalExpr>[] {
  switch (expr.kind) {
    case "string": {
      const edits: Edit<EvalExpr>[] = [];
      if (expr.value.length > 1)
        edits.push({ change: `a letter lost: ${expr.value}`, node: { ...expr, value: expr.value.slice(1) } });
      else edits.push({ change: `a letter added: ${expr.value}`, node: { ...expr, value: `${expr.value}q` } });
      const other = expr.value === expr.value.toUpperCase() ? expr.value.toLowerCase() : expr.value.toUpperCase();
      if (other !== expr.value) edits.push({ change: `other case: ${expr.value}`, node: { ...expr, value: other } });
      return edits;
    }
    case "number":
      return [{ change: `${expr.text} + 1`, node: { ...expr, text: String(Number(expr.text) + 1) } }];
    case "binary": {
      const operator = opposite[expr.operator];
      return [
        ...(operator === undefined ? [] : [{ change: `${expr.operator} → ${operator}`, node: { ...expr, operator } }]),
        ...evalEdits(expr.left).map((e) => ({ ...e, node: { ...expr, left: e.node } })),
        ...evalEdits(expr.right).map((e) => ({ ...e, node: { ...expr, right: e.node } })),
      ];
    }
    case "in":
      return drops(expr.items, "a list element").map((e) => ({ ...e, node: { ...expr, items: e.node } }));
    case "and":
    case "or":
      return logicalEdits(expr, evalEdits, (operand) => ({ kind: "not", operand }));
    case "not":
      return [
        { change: "NOT removed", node: expr.operand },
        ...evalEdits(expr.operand).map((e) => ({ ...e, node: { ...expr, operand: e.node } })),
      ];
    case "call": {
      const [first, second] = expr.args;
      const patternAt = expr.name === "match" || expr.name === "replace" ? 1 : -1;
      const inner = expr.args.flatMap((arg, i) => {
        const edits: Edit<EvalExpr>[] =
          i === patternAt && arg.kind === "string"
            ? patternEdits(arg.value).map((e) => ({ ...e, node: { ...arg, value: e.node } }))
            : evalEdits(arg);
        return edits.map((e) => ({ ...e, node: { ...expr, args: expr.args.with(i, e.node) } }));
      });
      const whole: Edit<EvalExpr>[] = [];
      if (
        first !== undefined &&
        ["lower", "upper", "coalesce", "nullif", "replace", "split", "floor"].includes(expr.name)
      ) {
        whole.push({ change: `${expr.name} removed`, node: first });
      }
      if (expr.name === "case") {
        for (let i = 0; i + 1 < expr.args.length; i += 2) {
          whole.push({
            change: `case ${i / 2 + 1} dropped`,
            node: { ...expr, args: expr.args.filter((_, j) => j !== i && j !== i + 1) },
          });
        }
        if (expr.args.length >= 6) {
          const [a, b, c, d, ...rest] = expr.args;
          if (a && b && c && d)
            whole.push({ change: "first two cases swapped", node: { ...expr, args: [c, d, a, b, ...rest] } });
        }
      }
      if (expr.name === "match" && first && second?.kind === "string" && isTerms(second.value)) {
        const contains = second.value.replaceAll("(?<![\\p{L}\\p{N}])", "").replaceAll("(?![\\p{L}\\p{N}])", "");
        whole.push({ change: "has → contains", node: { ...expr, args: [first, { kind: "string", value: contains }] } });
      }
      if (expr.name === "isnull" || expr.name === "isnotnull") {
        whole.push({
          change: `${expr.name} turned`,
          node: { ...expr, name: expr.name === "isnull" ? "isnotnull" : "isnull" },
        });
      }
      return [...whole, ...inner];
    }
    default:
      return [];
  }
}

const isTerms = (pattern: string): boolean => pattern.includes("(?<![\\p{L}\\p{N}])");

function patternEdits(pattern: string): Edit<string>[] {
  const edits: Edit<string>[] = [];
  const add = (change: string, node: string): void => {
    if (node !== pattern) edits.push({ change: `${change}: ${pattern}`, node });
  };
  add("(?i) removed", pattern.replace("(?i)", ""));
  add("look-behind removed", pattern.replace("(?<![\\p{L}\\p{N}])", ""));
  add("look-ahead removed", pattern.replace("(?![\\p{L}\\p{N}])", ""));
  add("an escape removed", pattern.replace("\\.", "."));
  add("a backslash removed", pattern.replace("\\\\\\\\", "\\\\"));
  add("$ removed", pattern.replace(/\$$/, ""));
  add("^ removed", pattern.replace("^", ""));
  add("a blank removed", pattern.replace(" ", ""));
  add("+ → ?", pattern.replace("+", "?"));
  add("* → +", pattern.replace("*", "+"));
  const alternatives = /\(\?:([^()]+(?:\|[^()]+)+)\)/.exec(pattern);
  const list = alternatives?.[1]?.split("|") ?? [];
  list.forEach((item, i) => {
    add(`a list element lost (${item})`, pattern.replace(list.join("|"), list.filter((_, j) => j !== i).join("|")));
  });
  return edits;
}

import { SplProblem } from "../../problem.ts";
import { put } from "../../row.ts";
import { addUnits } from "../../time/relative.ts";
import { parseSpan } from "../../time/span.ts";
import { compareText, type EvalValue, eachText, numberOf, numberText, textOf, type Value } from "../../value.ts";
import { fieldsIn } from "../fields-in.ts";
import { argument, type Eval, type EvalFunction, many, ofValues, type Scope, strict, truth } from "../function.ts";
import { compilePatternArgument } from "../pattern.ts";

/** Several values as an expression has them. */
function all(values: readonly string[]): EvalValue {
  if (values.length > 1) return values;
  const [only] = values;
  return only ?? null;
}

const longest = 1_000_000;

/** Multivalue eval functions. (Search Reference) */
export const multivalueFunctions: Readonly<Record<string, EvalFunction>> = {
  commands: strict(1, 1, ([text = null], { engine }) => {
    const { commands } = engine.parse(textOf(text) ?? "");
    return all(
      commands.flatMap((c) =>
        c.kind === "comment" || c.kind === "macro" ? [] : [c.kind === "plain" || c.kind === "other" ? c.name : c.kind],
      ),
    );
  }),
  mvappend: ofValues(1, many, (values) => all(values.flatMap(eachText))),
  mvcount: ofValues(1, 1, ([value = null]) => (value === null ? null : eachText(value).length)),
  mvdedup: strict(1, 1, ([value = null]) => all([...new Set(eachText(value))])),
  mvfilter: condition1("mvfilter"),
  mvfind: {
    min: 2,
    max: 2,
    make: (scope) => {
      const [value, pattern] = scope.call.args.map(scope.compile);
      const patternOf = compilePatternArgument(scope, 1, false);
      return (row) => {
        const source = textOf(pattern?.(row) ?? null);
        if (source === null) return null;
        const expression = patternOf(source);
        const index = eachText(value?.(row) ?? null).findIndex((t) => expression.test(t));
        return index < 0 ? null : index;
      };
    },
  },
  mvindex: strict(2, 3, ([value = null, start = null, end]) => {
    const values = eachText(value);
    const first = numberOf(start);
    const last = end === undefined ? first : numberOf(end);
    if (first === null || last === null) return null;
    const from = first < 0 ? values.length + first : first;
    const to = last < 0 ? values.length + last : last;
    if (from < 0 || from >= values.length || to < from) return null;
    return all(values.slice(from, to + 1));
  }),
  mvjoin: strict(2, 2, ([value = null, delimiter = null]) => eachText(value).join(textOf(delimiter) ?? "")),
  mvmap: {
    min: 2,
    max: 3,
    make: (scope) => {
      const [over, each] = scope.call.args.map(scope.compile);
      const name = mappedField(scope);
      return (row) => {
        const values = eachText(over?.(row) ?? null);
        if (values.length === 0) return null;
        const before = row.get(name);
        const results = values.flatMap((value) => {
          row.set(name, value);
          return eachText(each?.(row) ?? null);
        });
        put(row, name, before);
        return all(results);
      };
    },
  },
  mvrange: strict(2, 3, ([start = null, end = null, step = 1], { engine, call }) => {
    const from = numberOf(start);
    const to = numberOf(end);
    if (from === null || to === null) return null;
    const fixed = numberOf(step);
    const span = fixed === null ? parseSpan(textOf(step) ?? "") : null;
    if (fixed === 0 || (fixed === null && span === null)) return null;
    const values: string[] = [];
    const goesOn = (x: number): boolean => (fixed !== null && fixed < 0 ? x > to : x < to);
    for (
      let x = from;
      goesOn(x);
      x = span === null ? x + (fixed ?? 1) : addUnits(x, span.count, span.unit, engine.timeZone)
    ) {
      values.push(numberText(x));
      if (values.length > longest) throw new SplProblem("SPL203", call, `mvrange() of more than ${longest} values`);
    }
    return all(values);
  }),
  mvreverse: strict(1, 1, ([value = null]) => all([...eachText(value)].reverse())),
  mvsort: strict(1, 1, ([value = null]) => all([...eachText(value)].sort(compareText))),
  mvzip: strict(2, 3, ([left = null, right = null, delimiter = ","]) => {
    const rights = eachText(right);
    return all(
      eachText(left)
        .slice(0, rights.length)
        .map((l, i) => `${l}${textOf(delimiter) ?? ","}${rights[i] ?? ""}`),
    );
  }),
  split: strict(2, 2, ([value = null, delimiter = null]) =>
    all(eachText(value).flatMap((t) => t.split(textOf(delimiter) ?? ""))),
  ),
};

/** The field whose values mvmap goes through: the first argument, or the only field in it. */
function mappedField(scope: Scope): string {
  const [first, , name] = scope.call.args;
  if (name?.kind === "field") return name.name;
  if (name?.kind === "string") return name.value;
  const fields = first === undefined ? [] : fieldsIn(first);
  const [only] = fields;
  if (only === undefined || fields.length > 1) {
    throw new SplProblem(
      "SPL203",
      scope.call,
      "mvmap() goes through the values of one field",
      "name it as the third argument",
    );
  }
  return only;
}

/** mvfilter: the values of the one field in a condition that meet it. */
function condition1(name: string): EvalFunction {
  return {
    min: 1,
    max: 1,
    make: (scope): Eval => {
      const node = argument(scope, 0);
      const fields = fieldsIn(node);
      const [field] = fields;
      if (field === undefined || fields.length > 1) {
        throw new SplProblem("SPL203", scope.call, `${name}() may name one field only`);
      }
      const test = scope.compile(node);
      return (row) => {
        const before = row.get(field);
        const kept = eachText(asEval(before)).filter((value) => {
          row.set(field, value);
          return truth(test(row), node) === true;
        });
        put(row, field, before);
        return all(kept);
      };
    },
  };
}

function asEval(value: Value | undefined): EvalValue {
  return value ?? null;
}

import { SplProblem } from "../../problem.ts";
import { compileSearch } from "../../search/compile.ts";
import { networkTest } from "../../search/ip.ts";
import { type EvalValue, eachText, textOf } from "../../value.ts";
import { isIn, orderOf } from "../comparing.ts";
import { argument, condition, type EvalFunction, many, ofValues, type Scope, strict, truth } from "../function.ts";
import { likeMatches } from "../like.ts";
import { compilePatternArgument } from "../pattern.ts";

/** Comparison and Conditional functions. (Search Reference) */
export const comparisonFunctions: Readonly<Record<string, EvalFunction>> = {
  if: {
    min: 3,
    max: 3,
    make: (scope) => {
      const [test, yes, no] = scope.call.args.map(scope.compile);
      const node = argument(scope, 0);
      return (row) => (truth(test?.(row) ?? null, node) === true ? (yes?.(row) ?? null) : (no?.(row) ?? null));
    },
  },
  case: { min: 2, max: many, make: (scope) => firstWhere(scope, true) },
  validate: { min: 2, max: many, make: (scope) => firstWhere(scope, false) },
  coalesce: ofValues(1, many, firstValue),
  ifnull: ofValues(2, 2, firstValue),
  nullif: ofValues(2, 2, ([a = null, b = null]) => (a !== null && b !== null && orderOf(a, b) === 0 ? null : a)),
  null: ofValues(0, 0, () => null),
  true: condition(ofValues(0, 0, () => true)),
  false: condition(ofValues(0, 0, () => false)),
  in: condition(ofValues(2, many, ([value = null, ...items], { engine, call }) => isIn(engine, call, value, items))),
  like: condition(
    strict(2, 2, ([value = null, pattern = null]) =>
      eachText(value).some((t) => likeMatches(t, textOf(pattern) ?? "")),
    ),
  ),
  match: condition({
    min: 2,
    max: 2,
    make: (scope) => {
      const [value, pattern] = scope.call.args.map(scope.compile);
      const patternOf = compilePatternArgument(scope, 1, false);
      return (row) => {
        const text = value?.(row) ?? null;
        const source = textOf(pattern?.(row) ?? null);
        if (text === null || source === null) return null;
        const expression = patternOf(source);
        return eachText(text).some((t) => expression.test(t));
      };
    },
  }),
  cidrmatch: condition(
    strict(2, 2, ([network = null, address = null], scope) => {
      const test = networkTest(textOf(network) ?? "");
      if (test === null) {
        if (argument(scope, 0).kind === "string") {
          throw new SplProblem(
            "SPL203",
            argument(scope, 0),
            "the first argument of cidrmatch() is no network",
            "write it as 10.0.0.0/8",
          );
        }
        return false;
      }
      return eachText(address).some(test);
    }),
  ),
  searchmatch: condition({
    min: 1,
    max: 1,
    make: (scope) => {
      const node = argument(scope, 0);
      if (node.kind !== "string") throw new SplProblem("SPL203", node, "searchmatch() needs a constant text");
      const [command, ...rest] = scope.engine.parse(`search ${node.value}`).commands;
      if (command?.kind !== "search" || rest.length > 0) {
        throw new SplProblem("SPL203", node, "searchmatch() needs a search expression");
      }
      const test = compileSearch(scope.engine, command.expr);
      return (row) => test(row);
    },
  }),
};

function firstValue(values: readonly EvalValue[]): EvalValue {
  return values.find((v) => v !== null) ?? null;
}

/** The value behind the first condition that is true, or (validate) that is not. */
function firstWhere(scope: Scope, wanted: boolean): (row: Parameters<ReturnType<Scope["compile"]>>[0]) => EvalValue {
  const { args, name } = scope.call;
  if (args.length % 2 !== 0)
    throw new SplProblem("SPL203", scope.call, `${name}() takes pairs of a condition and a value`);
  const pairs = args.flatMap((node, i) => {
    const value = args[i + 1];
    return i % 2 === 0 && value !== undefined ? [{ node, test: scope.compile(node), value: scope.compile(value) }] : [];
  });
  return (row) => {
    for (const { node, test, value } of pairs) {
      const result = truth(test(row), node);
      if (wanted ? result === true : result === false) return value(row);
    }
    return null;
  };
}

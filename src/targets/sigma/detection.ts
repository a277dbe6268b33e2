import type { Condition, FieldTest, Search, SigmaRule } from "../../sigma/rule.ts";
import type { Logic } from "./logic.ts";
import { roleOfTests, uniqueNames } from "./search-names.ts";

type Detection = Pick<SigmaRule, "searches" | "condition">;

/** A search whose name is still to be made unique. */
interface Draft {
  readonly name: string;
  readonly alternatives: Search["alternatives"];
}

/**
 * Lays a condition out as SigmaHQ's rules are: what has to hold as `selection…`, what must not as `filter_main_…`,
 * joined by `all of selection_*` and `not 1 of filter_main_*`. Where the condition is not of that form, it names each search.
 */
export function detectionOf(logic: Logic): Detection {
  const conjuncts = logic.kind === "and" ? logic.operands : [logic];
  return plainDetection(conjuncts) ?? namedDetection(logic);
}

function plainDetection(conjuncts: readonly Logic[]): Detection | null {
  const wanted = conjuncts.filter((conjunct) => conjunct.kind !== "not");
  const unwanted = conjuncts.flatMap((conjunct) => (conjunct.kind === "not" ? [conjunct.operand] : []));
  const selections = selectionsOf(wanted);
  const filters = unwanted.map((operand) => draft("filter_main", operand));
  if (selections === null || filters.includes(null)) return null;
  const drafts = [...selections, ...filters.filter((filter) => filter !== null)];
  const names = uniqueNames(drafts.map((d) => d.name));
  const parts: Condition[] = [
    ...group(names.slice(0, selections.length), "all", "selection_*"),
    ...group(names.slice(selections.length), "1", "filter_main_*").map(
      (operand): Condition => ({ kind: "not", operand }),
    ),
  ];
  return { searches: named(drafts, names), condition: joined("and", parts) };
}

function group(names: readonly string[], quantity: "all" | "1", pattern: string): Condition[] {
  const [only] = names;
  if (only === undefined) return [];
  return [names.length === 1 ? { kind: "search", name: only } : { kind: "quantified", quantity, pattern }];
}

/** One `selection` where a single map says it all, else one search for each field's role. */
function selectionsOf(conjuncts: readonly Logic[]): readonly Draft[] | null {
  const tests = conjuncts.flatMap((conjunct) => (conjunct.kind === "test" ? [conjunct.test] : []));
  const maps = mapsOf(tests);
  if (tests.length === conjuncts.length && maps.length === 1) return [{ name: "selection", alternatives: maps }];
  const drafts = byRole(conjuncts).map((part) =>
    part.kind === "map" ? mapDraft("selection", part.tests) : draft("selection", part.logic),
  );
  const [only] = drafts;
  if (drafts.includes(null)) return null;
  return drafts.length === 1 && only ? [{ ...only, name: "selection" }] : drafts.filter((made) => made !== null);
}

type Part =
  | { readonly kind: "map"; readonly tests: readonly FieldTest[] }
  | { readonly kind: "other"; readonly logic: Logic };

/** Operands of an `and`, in their order: tests of one role share a map, at the place of the first; the others stand alone. */
function byRole(operands: readonly Logic[]): readonly Part[] {
  const tests = operands.flatMap((operand) => (operand.kind === "test" ? [operand.test] : []));
  const seen = new Set<string>();
  return operands.flatMap((operand): readonly Part[] => {
    if (operand.kind !== "test") return [{ kind: "other", logic: operand }];
    const role = roleOfTests([operand.test]);
    if (seen.has(role)) return [];
    seen.add(role);
    return mapsOf(tests.filter((test) => roleOfTests([test]) === role)).map(
      (map): Part => ({ kind: "map", tests: map }),
    );
  });
}

function mapDraft(prefix: string, tests: readonly FieldTest[]): Draft {
  return { name: `${prefix}_${roleOfTests(tests)}`, alternatives: [tests] };
}

/** A condition as one search, or null where it takes several: alternatives of tests that hold together. */
function draft(prefix: string, logic: Logic): Draft | null {
  const alternatives = alternativesOf(logic);
  return alternatives && { name: `${prefix}_${roleOfTests(alternatives.flat())}`, alternatives };
}

function alternativesOf(logic: Logic): readonly (readonly FieldTest[])[] | null {
  const operands = logic.kind === "or" ? logic.operands : [logic];
  const maps = operands.map((operand): readonly FieldTest[] | null => {
    const parts = operand.kind === "and" ? operand.operands : [operand];
    const tests = parts.flatMap((part) => (part.kind === "test" ? [part.test] : []));
    if (tests.length < parts.length) return null;
    const [map, ...more] = mapsOf(tests);
    return map === undefined || more.length > 0 ? null : map;
  });
  return maps.includes(null) ? null : mergeAlternatives(maps.filter((map) => map !== null));
}

/** Alternatives that are one test of the same field in the same way become one list of values. */
function mergeAlternatives(maps: readonly (readonly FieldTest[])[]): readonly (readonly FieldTest[])[] {
  const merged: (readonly FieldTest[])[] = [];
  for (const map of maps) {
    const [test] = map;
    const single = test !== undefined && map.length === 1 && !test.modifiers.includes("all");
    const place = single
      ? merged.findIndex((other) => other.length === 1 && other[0] && keyOf(other[0]) === keyOf(test))
      : -1;
    const same = merged[place]?.[0];
    if (test !== undefined && same !== undefined)
      merged[place] = [{ ...same, values: [...same.values, ...test.values] }];
    else merged.push(map);
  }
  return merged;
}

/** Tests that hold together, as few maps as can be: a map has each key once, and several `contains` of one field become `contains|all`. */
function mapsOf(tests: readonly FieldTest[]): readonly (readonly FieldTest[])[] {
  const single = tests.filter((test) => test.values.length === 1);
  const together = tests.flatMap((test): readonly FieldTest[] => {
    if (!test.modifiers.includes("contains") || test.values.length !== 1) return [test];
    const same = single.filter((other) => keyOf(other) === keyOf(test));
    if (same.length === 1) return [test];
    const [contains, ...others] = test.modifiers;
    return same[0] === test && contains !== undefined
      ? [{ ...test, modifiers: [contains, "all", ...others], values: same.flatMap((other) => other.values) }]
      : [];
  });
  const maps: FieldTest[][] = [];
  for (const test of together) {
    const free = maps.find((map) => map.every((other) => keyOf(other) !== keyOf(test)));
    if (free) free.push(test);
    else maps.push([test]);
  }
  return maps;
}

function keyOf(test: FieldTest): string {
  return [test.field, ...test.modifiers].join("|");
}

/** Any condition: searches for what one search can say, joined as the condition joins them. */
function namedDetection(logic: Logic): Detection {
  const drafts: Draft[] = [];
  /** A condition over the places in `drafts`. */
  const leaf = (made: Draft): Condition => ({ kind: "search", name: String(drafts.push(made) - 1) });
  const visit = (part: Logic, prefix: string): Condition => {
    const made = draft(prefix, part);
    if (made !== null) return leaf(made);
    switch (part.kind) {
      case "and":
        return joined(
          "and",
          byRole(part.operands).map((each) =>
            each.kind === "map" ? leaf(mapDraft(prefix, each.tests)) : visit(each.logic, prefix),
          ),
        );
      case "or":
        return joined(
          "or",
          part.operands.map((operand) => visit(operand, prefix)),
        );
      case "not":
        return { kind: "not", operand: visit(part.operand, prefix === "selection" ? "filter_main" : "selection") };
      case "test":
      case "constant":
        throw new Error("a test is always one search, and constants are gone");
    }
  };
  const condition = visit(logic, "selection");
  const names = uniqueNames(drafts.map((d) => d.name));
  return { searches: named(drafts, names), condition: renamed(condition, names) };
}

function renamed(condition: Condition, names: readonly string[]): Condition {
  switch (condition.kind) {
    case "search":
      return { ...condition, name: names[Number(condition.name)] ?? condition.name };
    case "quantified":
      return condition;
    case "and":
    case "or":
      return { ...condition, operands: condition.operands.map((operand) => renamed(operand, names)) };
    case "not":
      return { ...condition, operand: renamed(condition.operand, names) };
  }
}

function named(drafts: readonly Draft[], names: readonly string[]): readonly Search[] {
  return drafts.map((made, index) => ({ name: names[index] ?? made.name, alternatives: made.alternatives }));
}

function joined(kind: "and" | "or", operands: readonly Condition[]): Condition {
  const [only] = operands;
  return operands.length === 1 && only !== undefined ? only : { kind, operands };
}

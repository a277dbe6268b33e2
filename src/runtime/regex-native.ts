import { wordLetters } from "./regex-classes.ts";
import type { Assertion, Node } from "./regex-parse.ts";

/**
 * A pattern for the platform's own engine, which is fast but backtracks: its time grows with the text's length to the power of
 * `degree`, times a constant.
 */
export interface NativePattern {
  readonly source: string;
  readonly flags: "v" | "iv";
  readonly degree: number;
}

/** The translation where it means the same and its time is bounded by a small power; else null. */
export function nativePattern(root: Node): NativePattern | null {
  const folds = foldsOf(root);
  if (folds.size > 1) return null;
  const cost = costOf(root);
  if (cost === null || cost.ways > 1000) return null;
  const anchored = startsAtText(root);
  const open = cost.unbounded - (endsUnbounded(root) ? 1 : 0);
  const degree = anchored ? Math.max(1, cost.unbounded) : 1 + open;
  return degree > 3 ? null : { source: print(root), flags: folds.has(true) ? "iv" : "v", degree };
}

const wordSet = `[${wordLetters}]`;
const assertions: Readonly<Record<Assertion, string>> = {
  "text-start": "^",
  "text-end": "$",
  "line-start": String.raw`(?<![^\n])`,
  "line-end": String.raw`(?![^\n])`,
  "word-edge": `(?:(?<=${wordSet})(?!${wordSet})|(?<!${wordSet})(?=${wordSet}))`,
  "no-word-edge": `(?:(?<=${wordSet})(?=${wordSet})|(?<!${wordSet})(?!${wordSet}))`,
};

function print(node: Node): string {
  switch (node.kind) {
    case "empty":
      return "(?:)";
    case "set":
      return node.source;
    case "assert":
      return assertions[node.what];
    case "group":
      return node.index < 0 ? `(?:${print(node.body)})` : `(${print(node.body)})`;
    case "sequence":
      return node.items.map((item) => (item.kind === "choice" ? `(?:${print(item)})` : print(item))).join("");
    case "choice":
      return node.items.map(print).join("|");
    case "repeat": {
      const single = node.body.kind === "set" || node.body.kind === "group";
      const bounds = node.max === Number.POSITIVE_INFINITY ? `{${node.min},}` : `{${node.min},${node.max}}`;
      return `${single ? print(node.body) : `(?:${print(node.body)})`}${bounds}${node.greedy ? "" : "?"}`;
    }
  }
}

function foldsOf(node: Node): Set<boolean> {
  switch (node.kind) {
    case "set":
      return new Set(node.source.toLowerCase() === node.source.toUpperCase() ? [] : [node.fold]);
    case "group":
    case "repeat":
      return foldsOf(node.body);
    case "sequence":
    case "choice":
      return new Set(node.items.flatMap((item) => [...foldsOf(item)]));
    default:
      return new Set();
  }
}

interface Cost {
  /** In how many ways the node can match at one place, its unbounded repetitions not counted. */
  readonly ways: number;
  readonly unbounded: number;
  readonly nullable: boolean;
  /** Every group in it is set whenever it matches. */
  readonly steady: boolean;
}

/** Null where the engines differ or time has no bound: loops over what can be empty or match in several ways, groups that a later turn may skip. */
function costOf(node: Node): Cost | null {
  switch (node.kind) {
    case "empty":
    case "assert":
      return { ways: 1, unbounded: 0, nullable: true, steady: true };
    case "set":
      return { ways: 1, unbounded: 0, nullable: false, steady: true };
    case "group":
      return costOf(node.body);
    case "sequence":
      return combined(node.items, (ways, more) => ways * more, true);
    case "choice": {
      const cost = combined(node.items, (ways, more) => ways + more, false);
      return cost && { ...cost, steady: node.items.every((item) => !hasGroup(item)) };
    }
    case "repeat":
      return repeatCost(node.body, node.min, node.max);
  }
}

function combined(items: readonly Node[], join: (ways: number, more: number) => number, all: boolean): Cost | null {
  let result: Cost | null = null;
  for (const item of items) {
    const cost = costOf(item);
    if (cost === null) return null;
    result =
      result === null
        ? cost
        : {
            ways: join(result.ways, cost.ways),
            unbounded: result.unbounded + cost.unbounded,
            nullable: all ? result.nullable && cost.nullable : result.nullable || cost.nullable,
            steady: result.steady && cost.steady,
          };
  }
  return result;
}

function repeatCost(body: Node, min: number, max: number): Cost | null {
  const cost = costOf(body);
  if (cost === null) return null;
  // Here the platform's engine passes over an empty match that others take.
  if (cost.nullable && min === 0) return null;
  const steady = cost.steady && (min > 0 || !hasGroup(body));
  if (max <= 1) return { ways: cost.ways + 1, unbounded: cost.unbounded, nullable: cost.nullable || min === 0, steady };
  if (cost.nullable || cost.unbounded > 0 || !cost.steady) return null;
  if (max !== Number.POSITIVE_INFINITY) {
    const ways = cost.ways ** max * (max - min + 1);
    return { ways, unbounded: 0, nullable: min === 0, steady };
  }
  return cost.ways > 1 ? null : { ways: 1, unbounded: 1, nullable: min === 0, steady };
}

function hasGroup(node: Node): boolean {
  switch (node.kind) {
    case "group":
      return node.index >= 0 || hasGroup(node.body);
    case "repeat":
      return hasGroup(node.body);
    case "sequence":
    case "choice":
      return node.items.some(hasGroup);
    default:
      return false;
  }
}

function startsAtText(node: Node): boolean {
  switch (node.kind) {
    case "assert":
      return node.what === "text-start";
    case "group":
      return startsAtText(node.body);
    case "sequence":
      return node.items[0] !== undefined && startsAtText(node.items[0]);
    case "choice":
      return node.items.every(startsAtText);
    default:
      return false;
  }
}

/** Whether an unbounded repetition is the last thing, so that nothing after it can fail and make it give back. */
function endsUnbounded(node: Node): boolean {
  switch (node.kind) {
    case "group":
      return endsUnbounded(node.body);
    case "repeat":
      return node.max === Number.POSITIVE_INFINITY;
    case "sequence": {
      const last = node.items.at(-1);
      return last !== undefined && endsUnbounded(last);
    }
    default:
      return false;
  }
}

import type { Call, Expr } from "../../plan/nodes.ts";
import type { Value } from "../../types/value.ts";
import type { TermEnds, TextRelation } from "./text-tests.ts";

/** A test of a text, free of KQL's many names for it. */
export interface TextComparison {
  readonly relation: TextRelation | "term" | "regex";
  readonly cased: boolean;
  /** Only with `term`. */
  readonly ends: TermEnds;
  readonly texts: readonly string[];
  /** Each of the texts has to pass, instead of one. */
  readonly all: boolean;
}

const whole: TermEnds = { left: true, right: true };

type Shape = Omit<TextComparison, "texts">;
const any = (relation: Shape["relation"], cased: boolean, ends: TermEnds = whole): Shape => ({
  relation,
  cased,
  ends,
  all: false,
});

const shapes: ReadonlyMap<string, Shape> = new Map([
  ["==", any("equals", true)],
  ["=~", any("equals", false)],
  ["in", any("equals", true)],
  ["in~", any("equals", false)],
  ["contains", any("contains", false)],
  ["contains_cs", any("contains", true)],
  ["startswith", any("startswith", false)],
  ["startswith_cs", any("startswith", true)],
  ["endswith", any("endswith", false)],
  ["endswith_cs", any("endswith", true)],
  ["has", any("term", false)],
  ["has_cs", any("term", true)],
  ["hasprefix", any("term", false, { left: true, right: false })],
  ["hasprefix_cs", any("term", true, { left: true, right: false })],
  ["hassuffix", any("term", false, { left: false, right: true })],
  ["hassuffix_cs", any("term", true, { left: false, right: true })],
  ["has_any", any("term", false)],
  ["has_all", { ...any("term", false), all: true }],
  ["matches regex", any("regex", true)],
]);

/** A call that tests a text against constant texts; null for any other call. */
export function textComparison(call: Call): { readonly subject: Expr; readonly comparison: TextComparison } | null {
  const shape = shapes.get(call.name);
  const operands = constantLast(call);
  const values = operands && constantValues(operands.constants);
  if (shape === undefined || operands === null || values === null) return null;
  const texts = values.filter((value) => typeof value === "string");
  return texts.length < values.length ? null : { subject: operands.subject, comparison: { ...shape, texts } };
}

/** `"a" == x` is `x == "a"`; no other operator can be turned round. */
function constantLast(call: Call): { subject: Expr; constants: readonly Expr[] } | null {
  const [first, ...others] = call.args;
  const [second] = others;
  if (first === undefined || second === undefined) return null;
  const turned = (call.name === "==" || call.name === "=~") && first.kind === "literal" && second.kind !== "literal";
  return turned ? { subject: second, constants: [first] } : { subject: first, constants: others };
}

/** The constants of a list, those inside dynamic arrays included; null where one is not constant. */
export function constantValues(exprs: readonly Expr[]): readonly Value[] | null {
  const values = exprs.map((expr) => (expr.kind === "literal" ? [expr.value] : null));
  return values.includes(null) ? null : flatten(values.flatMap((value) => value ?? []));
}

function flatten(values: readonly Value[]): readonly Value[] {
  return values.flatMap((value) => (Array.isArray(value) ? flatten(value) : [value]));
}

import { expressionsOf, operandsOf } from "../plan/children.ts";
import type { Apply, Call, Expr, NamedExpr, Plan, Relation } from "../plan/nodes.ts";
import { NotRunnable } from "../targets/typescript/execute.ts";
import type { Value } from "../types/value.ts";
import { identity, type MadeEvent } from "./made-event.ts";
import type { Branch, Branches } from "./side.ts";

/** Runs a relation of the plan in place of its body, again and again. */
export type Runner = (events: readonly MadeEvent[]) => Promise<readonly (readonly Value[])[]>;
export type Prepare = (body: Relation) => Runner;

/** A test that holds or does not, as a tree: whether a part is reached depends on the parts before it. */
type Test =
  | { readonly kind: "leaf"; readonly id: string; readonly column: number; readonly expr: Expr }
  | { readonly kind: "and" | "or"; readonly parts: readonly Test[] }
  | { readonly kind: "not"; readonly part: Test };

interface Probe {
  readonly run: Runner;
  readonly tests: readonly Test[];
  readonly hasIdentity: boolean;
  readonly at: number;
}

/**
 * The branches of a plan: every part of every condition, each item of a list as well. A part counts as gone one way where it was
 * reached, that is, where the parts before it have left it to decide.
 */
export function branchesOfPlan(plan: Plan, query: string, prepare: Prepare): Branches {
  const list: Branch[] = [];
  const probes: Probe[] = [];
  const addProbe = (input: Relation, conditions: readonly Expr[]): void => {
    const roots = conditions.flatMap((c) => rootsOf(c));
    if (roots.length === 0) return;
    const values: NamedExpr[] = [];
    const hasIdentity = input.columns.some((c) => c.name === identity);
    const leafOf = (expr: Expr): Test => {
      const id = `${probes.length}.${values.length}`;
      list.push({ id, text: textOf(expr, query) });
      const column = values.length + (hasIdentity ? 1 : 0);
      values.push({ name: `probe${values.length}`, value: expr });
      return { kind: "leaf", id, column, expr };
    };
    const marks = list.length;
    const tests = roots.map((root) => testOf(root, leafOf));
    const span = input.span;
    const named: readonly NamedExpr[] = hasIdentity
      ? [{ name: identity, value: { kind: "column", name: identity, type: "string", span } }, ...values]
      : values;
    try {
      const run = prepare({
        kind: "project",
        keyword: "project",
        input,
        values: named,
        columns: named.map((v) => ({ name: v.name, type: v.value.type })),
        span,
      });
      probes.push({ run, tests, hasIdentity, at: probes.length });
    } catch (problem) {
      if (!(problem instanceof NotRunnable)) throw problem;
      list.length = marks;
    }
  };
  const visit = (relation: Relation, inside: (body: Relation) => Relation): void => {
    switch (relation.kind) {
      case "scan":
      case "rows":
      case "range":
      case "table":
      case "item":
        return;
      case "join":
        visit(relation.left, inside);
        visit(relation.right, inside);
        return;
      case "union":
        for (const input of relation.inputs) visit(input, inside);
        return;
      case "apply":
        visit(relation.input, inside);
        visit(relation.body, (body) => inside(applied(relation, body)));
        return;
      case "partition":
        visit(relation.input, inside);
        visit(relation.body, (body) => inside({ ...relation, body, columns: body.columns }));
        return;
      case "opaque":
        for (const input of relation.inputs) visit(input, inside);
        return;
      // What a step of a sequence reads is no column of its input.
      case "sequence":
        visit(relation.input, inside);
        return;
      default:
        visit(relation.input, inside);
        addProbe(inside(relation.input), expressionsOf(relation));
    }
  };
  for (const l of plan.lets) if (l.kind === "table") visit(l.value, (r) => r);
  visit(plan.body, (r) => r);

  return {
    list,
    async outcomes(events) {
      const byEvent = new Map<string, Set<string>>();
      const all = new Set<string>();
      for (const probe of probes) {
        for (const row of await probe.run(events)) {
          const found = new Set<string>([`stage${probe.at}`]);
          for (const test of probe.tests) outcomesOf(test, row, found, true);
          const alone = deciding(probe, row);
          for (const mark of found) all.add(mark);
          if (!probe.hasIdentity) continue;
          const id = String(row[0]);
          const known = byEvent.get(id) ?? new Set();
          for (const mark of found) known.add(mark);
          for (const mark of alone) known.add(mark);
          byEvent.set(id, known);
        }
      }
      return { byEvent: new Map([...byEvent].map(([id, marks]) => [id, [...marks]])), all };
    },
  };
}

/** The apply with another body: the rows as its stage meets them. */
function applied(apply: Apply, body: Relation): Relation {
  return { ...apply, body, columns: body.columns.length > apply.columns.length ? body.columns : apply.columns };
}

/** Boolean expressions inside an expression that nothing Boolean is around. */
function rootsOf(expr: Expr): readonly Expr[] {
  if (expr.kind === "literal") return [];
  if (expr.type === "bool" && expr.kind !== "column") return [expr];
  return operandsOf(expr).flatMap(rootsOf);
}

function testOf(expr: Expr, leafOf: (expr: Expr) => Test): Test {
  switch (expr.kind) {
    case "and":
    case "or":
      return { kind: expr.kind, parts: expr.operands.map((o) => testOf(o, leafOf)) };
    case "not":
      return { kind: "not", part: testOf(expr.operand, leafOf) };
    case "call": {
      const items = itemTests(expr);
      if (items === null) return leafOf(expr);
      return { kind: expr.name === "has_all" ? "and" : "or", parts: items.map(leafOf) };
    }
    default:
      return leafOf(expr);
  }
}

const itemOperators: Readonly<Record<string, string>> = { in: "==", "in~": "=~", has_any: "has", has_all: "has" };

/** A test against a list as one test for each item. */
function itemTests(call: Call): readonly Expr[] | null {
  const operator = Object.hasOwn(itemOperators, call.name) ? itemOperators[call.name] : undefined;
  const [operand, ...items] = call.args;
  if (operator === undefined || operand === undefined || items.length < 2) return null;
  if (items.some((item) => item.kind !== "literal" || item.type === "dynamic")) return null;
  if (operand.type === "dynamic") return items.map((item) => ({ ...call, args: [operand, item] }));
  return items.map((item): Call => ({ ...call, name: operator, args: [operand, item] }));
}

/** Notes the outcomes of the parts that are reached, and gives whether the test holds. */
function outcomesOf(test: Test, row: readonly Value[], found: Set<string>, reached: boolean): boolean {
  switch (test.kind) {
    case "leaf": {
      const holds = row[test.column] === true;
      if (reached) found.add(test.id + (holds ? "+" : "-"));
      return holds;
    }
    case "not":
      return !outcomesOf(test.part, row, found, reached);
    case "and":
    case "or": {
      const decides = test.kind === "or";
      let open = reached;
      let result = !decides;
      for (const part of test.parts) {
        const holds = outcomesOf(part, row, found, open);
        if (holds !== decides) continue;
        open = false;
        result = decides;
      }
      return result;
    }
  }
}

/** Marks of an event that lead the search on: how much of a condition holds, and which part alone keeps it from holding. */
function deciding(probe: Probe, row: readonly Value[]): readonly string[] {
  const marks: string[] = [];
  probe.tests.forEach((test, n) => {
    const base = holdsWith(test, row, null);
    marks.push(`${probe.at}/${n}=${base}`);
    if (test.kind === "and") {
      const held = test.parts.filter((part) => holdsWith(part, row, null)).length;
      marks.push(`${probe.at}/${n}#${held}`);
    }
    for (const leaf of leavesOf(test)) {
      if (holdsWith(test, row, leaf) !== base) marks.push(`${probe.at}/${n}!${leaf.id}${base ? "+" : "-"}`);
    }
  });
  return marks;
}

type Leaf = Extract<Test, { readonly kind: "leaf" }>;

function leavesOf(test: Test): readonly Leaf[] {
  return test.kind === "leaf" ? [test] : test.kind === "not" ? leavesOf(test.part) : test.parts.flatMap(leavesOf);
}

/** Whether the test holds, or would hold with one leaf the other way. */
function holdsWith(test: Test, row: readonly Value[], turned: Leaf | null): boolean {
  switch (test.kind) {
    case "leaf":
      return (row[test.column] === true) !== (test === turned);
    case "not":
      return !holdsWith(test.part, row, turned);
    case "and":
      return test.parts.every((part) => holdsWith(part, row, turned));
    case "or":
      return test.parts.some((part) => holdsWith(part, row, turned));
  }
}

function textOf(expr: Expr, query: string): string {
  const text = query.slice(expr.span.start, expr.span.end).replace(/\s+/g, " ").trim();
  const item = expr.kind === "call" ? expr.args[1] : undefined;
  const own =
    item?.kind === "literal" && expr.kind === "call" && expr.args.length === 2 ? `: ${String(item.value)}` : "";
  const short = text.length > 80 ? `${text.slice(0, 79)}…` : text;
  return own !== "" && !short.includes(own.slice(2)) ? short + own : short;
}

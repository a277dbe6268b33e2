import { printEval } from "../spl/print-eval.ts";
import { printSearch } from "../spl/print-search.ts";
import type { Command, EvalExpr, SearchExpr } from "../spl/tree.ts";
import { identity, type MadeEvent } from "./made-event.ts";
import type { Branch, Branches, BranchOutcomes } from "./side.ts";

/** Runs commands on events and gives the cells of some fields of each row. */
export type RunCommands = (
  commands: readonly Command[],
  events: readonly MadeEvent[],
  fields: readonly string[],
) => Promise<readonly (readonly unknown[])[]>;

interface Probe {
  readonly before: readonly Command[];
  /** Tests of a search expression, each a filter of its own. */
  readonly searches: readonly { readonly id: string; readonly expr: SearchExpr }[];
  /** Tests of eval expressions, all computed at once. */
  readonly evals: readonly { readonly id: string; readonly expr: EvalExpr }[];
}

/** The tests of a search's stages over single events. */
export function branchesOfSpl(stages: readonly Command[], run: RunCommands): Branches {
  const list: Branch[] = [];
  const probes: Probe[] = [];
  stages.forEach((command, i) => {
    const searches = command.kind === "search" ? searchTests(command.expr) : [];
    const evals =
      command.kind === "where"
        ? evalTests(command.expr)
        : command.kind === "eval"
          ? command.assignments.flatMap((a) => conditionsIn(a.value).flatMap(evalTests))
          : [];
    if (searches.length + evals.length === 0) return;
    const named = <E>(exprs: readonly E[], kind: string, text: (expr: E) => string): { id: string; expr: E }[] =>
      exprs.map((expr, n) => {
        const id = `spl${i}${kind}${n}`;
        list.push({ id, text: text(expr) });
        return { id, expr };
      });
    probes.push({
      before: stages.slice(0, i),
      searches: named(searches, "s", (expr) => printSearch(expr, () => "[…]", false)),
      evals: named(evals, "e", (expr) => printEval(expr, () => "[…]")),
    });
  });
  return {
    list,
    async outcomes(events): Promise<BranchOutcomes> {
      const all = new Set<string>();
      const byEvent = new Map<string, string[]>();
      const note = (event: unknown, mark: string): void => {
        all.add(mark);
        const id = String(event);
        const marks = byEvent.get(id);
        if (marks === undefined) byEvent.set(id, [mark]);
        else marks.push(mark);
      };
      for (const { before, searches, evals } of probes) {
        for (const { id, expr } of searches) {
          const rows = await run([...before, { kind: "search", expr }], events, [identity]);
          const found = new Set(rows.map(([event]) => String(event)));
          const reached =
            before.length === 0
              ? events.map((e) => e.id)
              : (await run(before, events, [identity])).map(([e]) => String(e));
          for (const event of reached) note(event, id + (found.has(event) ? "+" : "-"));
        }
        if (evals.length === 0) continue;
        const names = evals.map((_, n) => `probe${n}`);
        const assignments = evals.map(({ expr }, n) => ({
          field: `probe${n}`,
          value: conditional(expr),
        }));
        for (const [event, ...cells] of await run([...before, { kind: "eval", assignments }], events, [
          identity,
          ...names,
        ])) {
          for (const [n, cell] of cells.entries())
            note(event, `${evals[n]?.id ?? ""}${String(cell) === "1" ? "+" : "-"}`);
        }
      }
      return { all, byEvent };
    },
  };
}

function conditional(condition: EvalExpr): EvalExpr {
  const number = (text: string): EvalExpr => ({ kind: "number", text });
  return { kind: "call", name: "if", args: [condition, number("1"), number("0")] };
}

const timeModifiers = new Set(["earliest", "latest", "_index_earliest", "_index_latest"]);

function searchTests(expr: SearchExpr): readonly SearchExpr[] {
  switch (expr.kind) {
    case "and":
    case "or":
      return expr.operands.flatMap(searchTests);
    case "not":
      return searchTests(expr.operand);
    case "compare":
      return timeModifiers.has(expr.field) ? [] : [expr];
    case "in":
      return expr.values.map((value) => ({ kind: "compare", field: expr.field, operator: "=", value }));
    case "term":
    case "directive":
      return [expr];
    case "computed":
    case "macro":
    case "subsearch":
      return [];
  }
}

function evalTests(expr: EvalExpr): readonly EvalExpr[] {
  switch (expr.kind) {
    case "and":
    case "or":
    case "xor":
      return expr.operands.flatMap(evalTests);
    case "not":
      return evalTests(expr.operand);
    case "in":
      return expr.items.map((item) => ({ kind: "binary", operator: "==", left: expr.operand, right: item }));
    default:
      return isConstant(expr) ? [] : [expr];
  }
}

function isConstant(expr: EvalExpr): boolean {
  return expr.kind === "call" && expr.args.length === 0;
}

/** Conditions of `if` and `case` inside an expression. */
function conditionsIn(expr: EvalExpr): readonly EvalExpr[] {
  switch (expr.kind) {
    case "call": {
      const inner = expr.args.flatMap(conditionsIn);
      if (expr.name === "if") return [...expr.args.slice(0, 1), ...inner];
      if (expr.name === "case" || expr.name === "validate")
        return [...expr.args.filter((_, i) => i % 2 === 0), ...inner];
      return inner;
    }
    case "binary":
      return [...conditionsIn(expr.left), ...conditionsIn(expr.right)];
    default:
      return [];
  }
}

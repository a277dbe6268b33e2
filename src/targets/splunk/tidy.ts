import { and } from "../../spl/eval.ts";
import type { Command, Pipeline } from "../../spl/tree.ts";

/**
 * The same commands without those that another one repeats: renames, fillnulls and evals that follow one another become one, and
 * of two tables the narrower one stays. Subsearches too.
 */
export function tidied(commands: readonly Command[]): readonly Command[] {
  const out: Command[] = [];
  for (const command of commands) {
    const inner = withTidiedSearch(command);
    const last = out.at(-1);
    const one = last && joined(last, inner);
    if (one) out[out.length - 1] = one;
    else {
      if (inner.kind === "table") dropWider(out, inner.fields);
      out.push(inner);
    }
  }
  return out;
}

function withTidiedSearch(command: Command): Command {
  if (command.kind !== "join" && command.kind !== "append") return command;
  const search: Pipeline = { ...command.search, commands: tidied(command.search.commands) };
  return { ...command, search };
}

/** Two commands as one, or null. */
function joined(first: Command, second: Command): Command | null {
  if (first.kind === "where" && second.kind === "where") return { kind: "where", expr: and(first.expr, second.expr) };
  if (first.kind === "rename" && second.kind === "rename") {
    const pairs = compose(first.pairs, second.pairs);
    return pairs && { kind: "rename", pairs };
  }
  if (first.kind === "fillnull" && second.kind === "fillnull" && first.value === second.value)
    return { ...first, fields: [...new Set([...first.fields, ...second.fields])] };
  if (first.kind === "eval" && second.kind === "eval") {
    const names = new Set(first.assignments.map((a) => a.field));
    if (second.assignments.some((a) => names.has(a.field))) return null;
    return { kind: "eval", assignments: [...first.assignments, ...second.assignments] };
  }
  return null;
}

/** Removes what a table makes needless: a wider one before it, but for an eval or a fillnull of kept fields, and the removal of other fields. */
function dropWider(commands: Command[], fields: readonly string[]): void {
  const removal = commands.at(-1);
  if (removal?.kind === "fields" && removal.mode === "-" && !removal.fields.some((f) => fields.includes(f)))
    commands.pop();
  const last = commands.at(-1);
  const made =
    last?.kind === "eval" ? last.assignments.map((a) => a.field) : last?.kind === "fillnull" ? last.fields : [];
  const at = made.length > 0 && made.every((f) => fields.includes(f)) ? -2 : -1;
  const before = commands.at(at);
  const own = at === -2 ? made : [];
  if (before?.kind === "table" && fields.every((f) => before.fields.includes(f) || own.includes(f)))
    commands.splice(at, 1);
}

type Pairs = Extract<Command, { kind: "rename" }>["pairs"];

/** The second renaming after the first; null where a wildcard hides what it names. */
function compose(first: Pairs, second: Pairs): Pairs | null {
  if ([...first, ...second].some((p) => p.from.includes("*"))) return null;
  if (second.some((s) => first.some((f) => f.from === s.to))) return null;
  const changed = first.map((f) => ({ from: f.from, to: second.find((s) => s.from === f.to)?.to ?? f.to }));
  return [...changed, ...second.filter((s) => !first.some((f) => f.to === s.from))];
}

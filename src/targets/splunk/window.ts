import type { Expr, Window, WindowCall } from "../../plan/nodes.ts";
import { binary, call, field, number, text } from "../../spl/eval.ts";
import type { Aggregation, Command, Option } from "../../spl/tree.ts";
import { type Field, nullable, present } from "./columns.ts";
import { type Context, Unsupported } from "./context.ts";
import { type Search, settled, withCommands, withField } from "./search.ts";

/** Window functions as `streamstats`, where that gives exactly the same: no restart, whole columns, the row directly before. */
export function emitWindow(window: Window, input: Search, context: Context): Search {
  if (window.values.length === 0) return input;
  let current = settled(input, context);
  for (const value of window.values) current = withWindowCall(value, current);
  return current;
}

function withWindowCall(value: WindowCall, search: Search): Search {
  const { name, args } = value;
  const [first, second, third] = args;
  switch (value.function) {
    case "row_number": {
      const start = first === undefined ? 1 : constantOf(first);
      if (second !== undefined || start === null || search.weight !== null) throw refused(value);
      const counted = withCommands(search, streamstats([], { function: "count", field: null, as: name }));
      const shifted: Command = {
        kind: "eval",
        assignments: [{ field: name, value: binary(field(name), "+", number(start - 1)) }],
      };
      return withField(start === 1 ? counted : withCommands(counted, shifted), name, present("long"));
    }
    case "prev": {
      const known = first?.kind === "column" ? search.fields.get(first.name) : undefined;
      const offset = second === undefined ? 1 : constantOf(second);
      if (first?.kind !== "column" || !isPlain(known) || offset !== 1 || third !== undefined || first.name === name)
        throw refused(value);
      const options: Option[] = [
        { kind: "option", name: "current", value: "f" },
        { kind: "option", name: "window", value: "1" },
      ];
      const before = withCommands(search, streamstats(options, { function: "last", field: first.name, as: name }));
      if (first.type !== "string") return withField(before, name, nullable(first.type));
      const filled: Command = {
        kind: "eval",
        assignments: [{ field: name, value: call("coalesce", field(name), text("")) }],
      };
      return withField(withCommands(before, filled), name, present("string"));
    }
    case "row_cumsum": {
      const known = first?.kind === "column" ? search.fields.get(first.name) : undefined;
      if (first?.kind !== "column" || !isPlain(known) || known?.nullable !== false || second !== undefined)
        throw refused(value);
      const summed = withCommands(search, streamstats([], { function: "sum", field: first.name, as: name }));
      return withField(summed, name, present(value.type));
    }
    default:
      throw refused(value);
  }
}

function streamstats(
  options: readonly Option[],
  aggregation: { readonly function: string; readonly field: string | null; readonly as: string },
): Command {
  const { function: name, field: over, as } = aggregation;
  const aggregations: Aggregation[] = [
    { function: name, argument: over === null ? null : { kind: "field", name: over }, as },
  ];
  return { kind: "streamstats", options, aggregations, by: [] };
}

/** One value, absent or not, with no text that stands for absence. */
function isPlain(known: Field | undefined): boolean {
  return known !== undefined && known.shape === "one" && known.missing === null && !known.textTime;
}

function constantOf(expr: Expr): number | null {
  return expr.kind === "literal" && typeof expr.value === "number" ? expr.value : null;
}

function refused(value: WindowCall): Unsupported {
  const reason = `${value.function} has no form in SPL here: streamstats looks at the row directly before and never restarts`;
  return new Unsupported("window-function", value.function, reason, value.span);
}

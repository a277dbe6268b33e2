import type { Expr, Window, WindowCall } from "../../plan/nodes.ts";
import type * as runtime from "../../runtime/index.ts";
import { expression, selector } from "./expression.ts";
import { type Code, callOf, listOf, objectOf } from "./layout.ts";
import { keyLiteral } from "./literal.ts";
import { emptyOf } from "./record.ts";
import { type Session, use } from "./session.ts";

const functions: Readonly<Record<WindowCall["function"], keyof typeof runtime>> = {
  prev: "prev",
  next: "next",
  row_number: "rowNumber",
  row_cumsum: "rowCumsum",
  row_rank_dense: "rowRankDense",
  row_rank_min: "rowRankMin",
  row_window_session: "rowWindowSession",
};

/** `{ rn: rowNumber(), before: prev((row) => row.v) }` */
export function windowCode(window: Window, session: Session): Code {
  return objectOf(window.values.map((value): Code => [`${keyLiteral(value.name)}: `, windowCall(value, session)]));
}

function windowCall(call: WindowCall, session: Session): Code {
  const isReal = call.function === "row_cumsum" && call.type === "real";
  const name = use(session, isReal ? "rowCumsumReal" : functions[call.function]);
  const constant = (expr: Expr): Code => expression(expr, session, false);
  const args = ((): Code[] => {
    switch (call.function) {
      case "prev":
      case "next": {
        const [value, offset, otherwise] = call.args;
        const given = value === undefined ? [] : [selector(value, session)];
        const count = offset === undefined ? [] : [constant(offset)];
        if (otherwise !== undefined) return [...given, ...count, constant(otherwise)];
        return call.type === "string"
          ? [...given, ...(count.length === 0 ? ["1"] : count), emptyOf("string")]
          : [...given, ...count];
      }
      case "row_number": {
        const [start, restart] = call.args;
        return [...(start === undefined ? [] : [constant(start)]), ...restarting(restart, session)];
      }
      case "row_cumsum":
      case "row_rank_dense":
      case "row_rank_min": {
        const [value, restart] = call.args;
        return [...(value === undefined ? [] : [selector(value, session)]), ...restarting(restart, session)];
      }
      case "row_window_session": {
        const [value, sinceFirst, sinceLast, restart] = call.args;
        return [
          ...(value === undefined ? [] : [selector(value, session)]),
          ...[sinceFirst, sinceLast].flatMap((e) => (e === undefined ? [] : [constant(e)])),
          ...restarting(restart, session),
        ];
      }
    }
  })();
  return args.length > 1 ? listOf(`${name}(`, args, ")") : callOf(name, args);
}

/** The condition that begins anew; none where it never holds. */
function restarting(restart: Expr | undefined, session: Session): readonly Code[] {
  if (restart === undefined || (restart.kind === "literal" && restart.value === false)) return [];
  return [selector(restart, session, true)];
}

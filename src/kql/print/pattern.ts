import type { PatternMatch, PatternStatement } from "../ast.ts";
import { binding } from "./binding.ts";
import { columnsText } from "./columns.ts";
import { concat, type Doc, hardLine, indent, sequence } from "./doc.ts";
import { plainName } from "./name.ts";
import { valueItems } from "./parts.ts";
import { bracketedList, type Printing } from "./printing.ts";

/** `declare pattern`: a line for its name and parameters, one for each match. */
export function patternDoc(printing: Printing, statement: PatternStatement): Doc {
  const name = `declare pattern ${plainName(statement.name.text)}`;
  const { definition } = statement;
  if (definition === null) return name;
  const path = definition.path === null ? "" : `[${columnsText([definition.path])}]`;
  const matches = definition.matches.map((match) =>
    concat(
      printing.comments.trailing(match.span.start),
      hardLine,
      printing.comments.before(match.span.start),
      matchDoc(printing, match),
      ";",
    ),
  );
  const closing = printing.comments.closing(statement.span.end);
  const body = indent(concat(sequence(matches), closing));
  return concat(`${name} = (${columnsText(definition.parameters)})${path} {`, body, hardLine, "}");
}

function matchDoc(printing: Printing, match: PatternMatch): Doc {
  const start = match.path?.span.start ?? match.body[0]?.span.start ?? match.span.end;
  const values = bracketedList(printing, "(", valueItems(printing, match.arguments), ")", start);
  const path = match.path === null ? "" : concat(".[", printing.expression(match.path, binding.or), "]");
  const first = printing.comments.trailing(match.body[0]?.span.start ?? match.span.end);
  const body = concat(first, hardLine, printing.statements(match.body), printing.comments.closing(match.span.end));
  return concat(values, path, " = {", indent(body), hardLine, "}");
}

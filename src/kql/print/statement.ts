import type { DeclareStatement, FunctionLiteral, LetStatement, Parameter, Pipe, Statement } from "../ast.ts";
import { binding } from "./binding.ts";
import { schemaText } from "./columns.ts";
import { concat, type Doc, group, hardLine, indent, line, sequence } from "./doc.ts";
import { plainName, settingWord } from "./name.ts";
import { tableItems } from "./parts.ts";
import { patternDoc } from "./pattern.ts";
import { bracketedList, type Printing, pipedOperators } from "./printing.ts";

/** Statements on lines of their own, a semicolon after each but a last query. */
export function statementsDoc(printing: Printing, statements: readonly Statement[]): Doc {
  const parts: Doc[] = [];
  statements.forEach((statement, i) => {
    if (i > 0) parts.push(printing.comments.trailing(statement.span.start), hardLine);
    const last = i === statements.length - 1 && statement.kind === "expression";
    parts.push(printing.comments.before(statement.span.start), statementDoc(printing, statement), last ? "" : ";");
  });
  return sequence(parts);
}

function statementDoc(printing: Printing, statement: Statement): Doc {
  switch (statement.kind) {
    case "expression":
      return statement.expression.kind === "pipe"
        ? pipeDoc(printing, statement.expression, true)
        : printing.expression(statement.expression, binding.or);
    case "let":
      return letDoc(printing, statement);
    case "set": {
      const name = `set ${settingWord(statement.name.text)}`;
      return statement.value === null ? name : concat(`${name} = `, printing.expression(statement.value, binding.or));
    }
    case "declare":
      return declareDoc(printing, statement);
    case "alias":
      return concat(
        `alias database ${plainName(statement.name.text)} = `,
        printing.expression(statement.value, binding.or),
      );
    case "restrict":
      return bracketedList(
        printing,
        "restrict access to (",
        tableItems(printing, statement.entities),
        ")",
        statement.span.end,
      );
    case "pattern":
      return patternDoc(printing, statement);
  }
}

/** A table's definition that breaks begins on a line of its own. */
function letDoc(printing: Printing, statement: LetStatement): Doc {
  const head = `let ${plainName(statement.name.text)} =`;
  const { value } = statement;
  if (value.kind === "function") return concat(head, " ", functionDoc(printing, value));
  if (value.kind === "pipe") {
    return group(concat(head, indent(concat(line, printing.comments.before(value.span.start), printing.pipe(value)))));
  }
  return concat(head, " ", printing.expression(value, binding.or));
}

/** A pipe on one line where it has one operator and fits, else an operator a line. At the top it always breaks. */
export function pipeDoc(printing: Printing, pipe: Pipe, top = false): Doc {
  const breaks = top || pipe.operators.length > (pipe.source === null ? 2 : 1);
  const source = pipe.source === null ? "" : printing.expression(pipe.source, binding.or);
  return group(concat(source, pipedOperators(printing, pipe.operators, pipe.source === null, breaks)));
}

function functionDoc(printing: Printing, literal: FunctionLiteral): Doc {
  const parameters: Doc[] = literal.parameters.flatMap((parameter, i) => [
    i === 0 ? "" : ", ",
    parameterDoc(printing, parameter),
  ]);
  const only = literal.body[0];
  const short = literal.body.length === 1 && only?.kind === "expression" && only.expression.kind !== "pipe";
  const brk = short ? line : hardLine;
  const first = printing.comments.trailing(only?.span.start ?? 0);
  const body = concat(first, brk, printing.statements(literal.body), printing.comments.closing(literal.span.end));
  return group(concat(literal.view ? "view (" : "(", sequence(parameters), ") {", indent(body), brk, "}"));
}

function declareDoc(printing: Printing, statement: DeclareStatement): Doc {
  const items = statement.parameters.map((parameter) => ({
    span: parameter.span,
    print: () => parameterDoc(printing, parameter),
  }));
  return bracketedList(printing, "declare query_parameters(", items, ")", statement.span.end);
}

function parameterDoc(printing: Printing, parameter: Parameter): Doc {
  const { type } = parameter;
  const text = `${plainName(parameter.name.text)}:${typeof type === "string" ? type : schemaText(type)}`;
  return parameter.default === null ? text : concat(`${text} = `, printing.expression(parameter.default, binding.or));
}

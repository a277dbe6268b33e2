import type { NamedExpr, Parse } from "../../plan/nodes.ts";
import { printExpr } from "../../plan/print.ts";
import { call, text } from "../../spl/eval.ts";
import { literal } from "../../spl/regex.ts";
import type { Command } from "../../spl/tree.ts";
import { type Field, nullable, present } from "./columns.ts";
import { type Context, temporaryField, Unsupported } from "./context.ts";
import { assign } from "./extend.ts";
import { type Search, settled, withCommands, withField } from "./search.ts";

/** What a column of each type may look like, so that a text of another form is no match. */
const forms: Readonly<Record<string, string>> = {
  string: ".*?",
  int: "-?\\d+",
  long: "-?\\d+",
  real: "-?\\d+(?:\\.\\d+)?",
};

/** `parse x with "a" b "c"`: a rex. A row that does not match keeps its place with empty columns, `parse-where` drops it. */
export function emitParse(parse: Parse, input: Search, context: Context): Search {
  if (parse.mode !== "simple")
    throw new Unsupported(
      "parse",
      `parse kind=${parse.mode}`,
      `parse kind=${parse.mode} has no form in SPL`,
      parse.span,
    );
  let current = settled(input, context);
  const columns = parse.steps.flatMap((s) => (s.kind === "column" ? [s] : []));
  const pattern = patternOf(parse);
  const { value } = parse;
  const isRead = value.kind === "column" && !columns.some((c) => c.name === value.name);
  const isAsIs = isRead && !matchesAbsent(pattern, current.fields.get(value.name), parse.filter);
  const source = isAsIs ? value.name : temporaryField(context, "parsed", current.fields.keys());
  if (!isAsIs) current = assign([{ name: source, value }], current, context);
  const commands: Command[] = [];
  if (parse.filter)
    commands.push({ kind: "regex", field: source, negated: false, pattern: pattern.replace(/\(\?<\w+>/g, "(?:") });
  else
    commands.push({
      kind: "eval",
      assignments: columns.map((c) => ({ field: c.name, value: c.type === "string" ? text("") : call("null") })),
    });
  commands.push({ kind: "rex", field: source, options: [], pattern });
  current = withCommands(current, ...commands);
  for (const column of columns)
    current = withField(current, column.name, column.type === "string" ? present("string") : nullable(column.type));
  const numbers = columns
    .filter((c) => c.type !== "string")
    .map(
      (c): NamedExpr => ({
        name: c.name,
        value: {
          kind: "call",
          name: c.type === "real" ? "toreal" : "tolong",
          args: [{ kind: "column", name: c.name, type: "string", span: parse.span }],
          type: c.type,
          span: parse.span,
        },
      }),
    );
  return numbers.length === 0 ? current : assign(numbers, current, context);
}

/** Whether the expression finds something where the field is absent, or in the text that stands for that. */
function matchesAbsent(pattern: string, field: Field | undefined, filter: boolean): boolean {
  if (field === undefined) return filter;
  // Many columns side by side take a matcher long even on a short text.
  if (pattern.split(".*?").length > 10) return true;
  const regex = new RegExp(pattern.replace(/^\(\?s\)/, "").replace(/\\z$/, "$"), "s");
  return (field.missing !== null && regex.test(field.missing)) || (filter && field.nullable && regex.test(""));
}

function patternOf(parse: Parse): string {
  const last = parse.steps.length - 1;
  const parts = parse.steps.map((step, i): string => {
    if (step.kind === "text") return literal(step.value);
    if (step.kind === "skip") return i === last ? "" : ".*?";
    const form = forms[step.type];
    if (form === undefined || !/^[A-Za-z]\w{0,31}$/.test(step.name)) {
      const reason = `a ${step.type} column named ${step.name} cannot be parsed`;
      throw new Unsupported("parse", `${step.name}: ${step.type}`, reason, parse.span);
    }
    return `(?<${step.name}>${form})`;
  });
  if (parse.steps.length === 0)
    throw new Unsupported("parse", printExpr(parse.value), "there is nothing to parse", parse.span);
  return `(?s)^${parts.join("")}${parse.steps[last]?.kind === "column" ? "\\z" : ""}`;
}

import { commandField, quoted } from "../../spl/quote.ts";
import { Options } from "../options.ts";
import { isInternal, type Row } from "../row.ts";
import { valuesOf } from "../value.ts";
import type { Run } from "./run.ts";

/** The rows as one search expression, in the field `search`. (Search Reference: format) */
export const runFormat: Run<"format"> = (command, input) => {
  const options = new Options("format", command.options, ["mvsep", "maxresults", "emptystr"]);
  const [rowsOpen = "(", rowOpen = "(", and = "AND", rowClose = ")", or = "OR", rowsClose = ")"] = command.words;
  const limit = options.whole("maxresults", 0);
  const rows = limit === 0 ? input.rows : input.rows.slice(0, limit);
  const separator = options.text("mvsep") ?? "OR";
  const parts = rows.flatMap((row) => {
    const fields = [...row]
      .filter(([name]) => !isInternal(name))
      .map(([name, value]) => {
        const terms = valuesOf(value).map((v) => `${commandField(name)}=${quoted(v)}`);
        return terms.length === 1 ? terms.join("") : `( ${terms.join(` ${separator} `)} )`;
      });
    return fields.length === 0 ? [] : [`${rowOpen} ${fields.join(` ${and} `)} ${rowClose}`];
  });
  const text =
    parts.length === 0 ? (options.text("emptystr") ?? "NOT ( )") : `${rowsOpen} ${parts.join(` ${or} `)} ${rowsClose}`;
  return { rows: [new Map([["search", text]])], order: ["search"] };
};

/** The first rows as one search expression: `user="a"`, or with `$user` the value alone. (Search Reference: return) */
export const runReturn: Run<"return"> = (command, input) => {
  const rows = input.rows.slice(0, command.limit ?? 1);
  const texts = rows.flatMap((row) => {
    const fields = command.fields.flatMap(({ field, as, valueOnly }) =>
      valuesOf(row.get(field)).map((v) => (valueOnly ? v : `${commandField(as ?? field)}=${quoted(v)}`)),
    );
    return fields.length === 0 ? [] : [fields.join(" ")];
  });
  const text = texts.length === 1 ? texts.join("") : texts.map((t) => `(${t})`).join(" OR ");
  const row: Row = new Map([["search", text]]);
  return { rows: [row], order: ["search"] };
};

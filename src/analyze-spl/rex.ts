import type { Span } from "../diagnostics/source.ts";
import type { RegexCommand, RexCommand } from "../spl/tree.ts";
import { choice } from "./arithmetic.ts";
import { allOf, anyOf, call, extend, not, test, text } from "./build.ts";
import { assigned } from "./fields.ts";
import { extracted, forRe2, matchTest } from "./regex.ts";
import { fieldOf, kept, present, type Rows } from "./rows.ts";
import { noField } from "./search.ts";
import type { Session } from "./session.ts";
import { asText } from "./value.ts";

/** `rex field=f "(?<a>…)"`: named groups become fields; without a match they stay as they were. (SPL Search Reference: rex) */
export function rex(stage: RexCommand, rows: Rows, session: Session, span: Span): Rows {
  const field = fieldOf(rows, stage.field ?? "_raw");
  if (field === null) {
    if (stage.field === null) session.unsupported("raw-text", span, "rex reads the raw event, which no column holds");
    else noField(stage.field, rows, session, span);
    return rows;
  }
  const option = (name: string): string | undefined => stage.options.find((o) => o.name === name)?.value;
  if (option("mode") === "sed") return sed(stage, rows, session, span);
  if (option("max_match") !== undefined && option("max_match") !== "1") {
    session.unsupported("option", span, "rex with more than one match is not ported");
    return rows;
  }
  if (option("offset_field") !== undefined) {
    session.unsupported("option", span, "rex with offset_field is not ported");
    return rows;
  }
  const ported = forRe2(stage.pattern);
  if (ported.kind === "unsupported") {
    session.unsupported("regex", span, `KQL's regular expressions have no such thing: ${ported.reason}`);
    return rows;
  }
  if (field.value.type === "dynamic") {
    session.unsupported(
      "multivalue",
      span,
      `rex over ${stage.field ?? "_raw"}, which has several values, is not ported`,
    );
    return rows;
  }
  const subject = asText({ expr: field.value, ...field, lower: false }, session, span);
  let current = rows;
  ported.groups.forEach((name, i) => {
    if (name === null) return;
    const cleared = withoutEmpty(current, name);
    current = cleared ?? current;
    const before = cleared === null ? rows.fields.get(name) : undefined;
    const found = extracted(subject, ported.text, i + 1, span);
    const value =
      before === undefined || before.value.type !== "string"
        ? found
        : choice(test("isnotempty", span, found), found, before.value, span);
    current = assigned(current, name, { value, nullable: cleared === null, missing: null }, span);
  });
  return current;
}

/** The rows without a field that was only just set to "", which is what KQL gives without a match; null where it was not. */
function withoutEmpty(rows: Rows, name: string): Rows | null {
  const { relation } = rows;
  const field = rows.fields.get(name);
  if (relation.kind !== "extend" || field?.value.kind !== "column") return null;
  const label = field.value.name;
  const set = relation.values.find((v) => v.name === label);
  if (set?.value.kind !== "literal" || set.value.value !== "") return null;
  if (relation.input.columns.some((c) => c.name === label)) return null;
  const fields = new Map([...rows.fields].filter(([n]) => n !== name));
  const values = relation.values.filter((v) => v !== set);
  return { ...rows, fields, relation: extend(relation.input, values, relation.span) };
}

/** `rex mode=sed "s/a/b/g"` */
function sed(stage: RexCommand, rows: Rows, session: Session, span: Span): Rows {
  const field = fieldOf(rows, stage.field ?? "_raw");
  const found = /^s(.)((?:\\.|(?!\1).)*)\1((?:\\.|(?!\1).)*)\1([gi]*)$/s.exec(stage.pattern);
  if (found === null || field === null || stage.field === null || field.value.type !== "string") {
    session.unsupported("option", span, "this form of rex mode=sed is not ported");
    return rows;
  }
  const [, separator = "/", from = "", to = "", flags = ""] = found;
  const ported = forRe2(from.replaceAll(`\\${separator}`, separator));
  if (ported.kind === "unsupported" || !flags.includes("g")) {
    session.unsupported("regex", span, "this replacement has no counterpart in KQL");
    return rows;
  }
  const pattern = `${flags.includes("i") ? "(?i)" : ""}${ported.text}`;
  const value = call("replace_regex", "string", span, field.value, text(pattern, span), text(to, span));
  return assigned(rows, stage.field, { value, nullable: field.nullable, missing: null }, span);
}

/** `regex f="…"` and `regex f!="…"`; an absent field passes the second. (SPL Search Reference: regex) */
export function regexCommand(stage: RegexCommand, rows: Rows, session: Session, span: Span): Rows {
  const field = fieldOf(rows, stage.field ?? "_raw");
  if (field === null) {
    if (stage.field === null) session.unsupported("raw-text", span, "regex reads the raw event, which no column holds");
    else noField(stage.field, rows, session, span);
    return rows;
  }
  if (field.value.type === "dynamic") {
    session.unsupported("multivalue", span, "a pattern against several values is not ported");
    return rows;
  }
  const subject = asText({ expr: field.value, ...field, lower: false }, session, span);
  const tested = matchTest(subject, stage.pattern, span);
  if (typeof tested === "string") {
    session.unsupported("regex", span, `KQL's regular expressions have no such thing: ${tested}`);
    return rows;
  }
  const has = present(field, span);
  const predicate = stage.negated ? anyOf([not(has), not(tested)], span) : allOf([has, tested], span);
  return kept(rows, predicate, span);
}

import type { IToken } from "#grammar/kql";
import type { Span } from "../../diagnostics/source.ts";
import { parseDecimal } from "../../types/decimal.ts";
import { type ScalarType, scalarTypeOf } from "../../types/scalar-type.ts";
import type { Value } from "../../types/value.ts";
import type { Literal, Name } from "../ast.ts";
import { readDatetime } from "../literals/datetime.ts";
import { readLong, readReal } from "../literals/number.ts";
import { readString } from "../literals/string.ts";
import { readTimespan } from "../literals/timespan.ts";
import { type Reading, tokenSpan } from "./cst.ts";

/** The value of a string token; a wrong escape is reported. */
export function stringValue(reading: Reading, image: string, start: number): string {
  const result = readString(image);
  if (result.ok) return result.value;
  const at = start + result.at;
  reading.findings.add(
    "KQL003",
    { start: at, end: at + result.length },
    result.message,
    'write the backslash twice, or the string as @"…"',
  );
  return "";
}

/** One string token, or several side by side, which are one string. */
export function stringLiteral(reading: Reading, parts: readonly IToken[]): Literal {
  const first = parts[0];
  const last = parts[parts.length - 1];
  const span = { start: first?.startOffset ?? 0, end: (last?.startOffset ?? 0) + (last?.image.length ?? 0) };
  // a string without its end was reported as a token
  const closed = parts.filter((part) => part.tokenType.name !== "UnclosedString");
  const value = closed.map((part) => stringValue(reading, part.image, part.startOffset)).join("");
  return { kind: "literal", type: "string", value, text: reading.text.slice(span.start, span.end), span };
}

/** A name token: a word, or `['…']`. */
export function nameOf(reading: Reading, token: IToken): Name {
  const span = tokenSpan(token);
  if (token.image[0] !== "[") return { text: token.image, span };
  return { text: bracketedText(reading, token).value, span };
}

/** The string inside `['…']`. */
export function bracketedText(reading: Reading, token: IToken): { readonly value: string; readonly span: Span } {
  const inner = token.image.slice(1, -1);
  const image = inner.trim();
  const start = token.startOffset + 1 + inner.indexOf(image);
  return { value: stringValue(reading, image, start), span: { start, end: start + image.length } };
}

/** A token that is a whole value: a number, `1d`, `true`, `datetime(…)`. */
export function scalarLiteral(reading: Reading, token: IToken): Literal {
  const span = tokenSpan(token);
  const text = token.image;
  const literal = (type: ScalarType, value: Value): Literal => ({ kind: "literal", type, value, text, span });
  const wrong = (type: ScalarType, message: string, hint?: string): Literal => {
    reading.findings.add("KQL003", span, message, hint);
    return literal(type, null);
  };
  switch (token.tokenType.name) {
    case "Bool":
      return literal("bool", text.toLowerCase() === "true");
    case "Long": {
      const value = readLong(text);
      return value === null
        ? wrong("long", `${text} does not fit in a long`, "write it as real(…) or decimal(…)")
        : literal("long", value);
    }
    case "Real":
      return literal("real", readReal(text));
    case "Timespan":
      return literal("timespan", readTimespan(text));
    case "RawGuid":
      return wrong("guid", "a guid without its type", `write guid(${text})`);
  }
  const paren = text.indexOf("(");
  const typeName = text.slice(0, paren);
  const type = scalarTypeOf(typeName) ?? "unknown";
  const content = unquoted(text.slice(paren + 1, -1).trim());
  if (content === "null") return literal(type, null);
  if (content === "") return wrong(type, `\`${text}\` has no value`, `\`${typeName}(null)\` is the null`);
  const value = typedValue(type, content);
  if (value !== null) return literal(type, value);
  return wrong(
    type,
    `\`${content}\` is not ${type === "int" ? "an" : "a"} ${type}`,
    `${typeName}(…) takes a constant; to${type}(…) converts a value`,
  );
}

function unquoted(content: string): string {
  const match = /^(["'])(.*)\1$/.exec(content);
  return match?.[2]?.trim() ?? content;
}

function typedValue(type: ScalarType, content: string): Value {
  switch (type) {
    case "int": {
      const value = readLong(content);
      return typeof value === "number" && value >= -(2 ** 31) && value < 2 ** 31 ? value : null;
    }
    case "long":
      return readLong(content);
    case "real":
      return readReal(content);
    case "decimal":
      return parseDecimal(content);
    case "bool":
      return /^(?:true|1)$/i.test(content) ? true : /^(?:false|0)$/i.test(content) ? false : null;
    case "datetime":
      return readDatetime(content);
    case "timespan":
      return readTimespan(content);
    case "guid":
      return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(content) ? content.toLowerCase() : null;
    default:
      return null;
  }
}

import { and, binary, call, type EvalExpr, isIn, lower, nullValue, number, or, text } from "../spl/eval.ts";
import { ignoringCase, literal, type Term, wholeTerms } from "../spl/regex.ts";
import type { SplArguments, SplForm } from "./row.ts";
import {
  constantText,
  constantTexts,
  day,
  floorTo,
  grouped,
  joined,
  pattern,
  replacement,
  seconds,
  timeTokens,
  truncated,
  unit,
  written,
  zoned,
} from "./spl-arguments.ts";

const part =
  (make: (escaped: string) => string, caseSensitive: boolean): SplForm =>
  (a) => {
    const regex = make(literal(constantText(a, 1)));
    return call("match", a.text(0), text(caseSensitive ? regex : ignoringCase(regex)));
  };
const term =
  (kind: Term, caseSensitive: boolean): SplForm =>
  (a) => {
    const regex = wholeTerms([constantText(a, 1)], kind);
    return call("match", a.text(0), text(caseSensitive ? regex : withFlag(regex)));
  };
/** Terms have classes such as `\p{L}` in them, which are no letters. */
const withFlag = (regex: string): string => `(?i)${regex}`;

const trimmed =
  (start: boolean, end: boolean): SplForm =>
  (a) => {
    const regex = grouped(pattern(a, 0));
    const once = start ? call("replace", a.value(1), text(`^${regex}`), text("")) : a.value(1);
    return end ? call("replace", once, text(`${regex}\\z`), text("")) : once;
  };

const arithmetic =
  (operator: "+" | "-" | "*"): SplForm =>
  (a) =>
    binary(a.value(0), operator, a.value(1));

/** Splunk hashes the digits of a number, but it has no text of a time or a real that is the same as KQL's. */
function hashedText(a: SplArguments): EvalExpr {
  const type = a.type(0);
  return type === "string" || type === "long" || type === "int"
    ? a.text(0)
    : a.unsupported("hash-text", `SPL has another text of a ${type} to hash`);
}

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/**
 * How SPL's eval says functions and operators, for the `spl` of their rows. Tests are written for values that are there; what
 * they give for an absent field is the emitter's. Times are epoch seconds and lengths of time seconds, so that rounding them is
 * arithmetic in UTC: the units of Splunk's own time functions follow the user's time zone.
 */
export const splForms = {
  "=~": (a) =>
    binary(
      lower(a.text(0)),
      "==",
      a.constant(1) === undefined ? lower(a.text(1)) : text(constantText(a, 1).toLowerCase()),
    ),
  "in~": (a) =>
    isIn(
      lower(a.text(0)),
      constantTexts(a).map((t) => text(t.toLowerCase())),
    ),
  "+": arithmetic("+"),
  "-": arithmetic("-"),
  "*": arithmetic("*"),
  "/": (a) => {
    const quotient = binary(a.value(0), "/", a.value(1));
    const whole = ["int", "long"].includes(a.type(0)) && ["int", "long"].includes(a.type(1));
    return whole ? truncated(quotient) : quotient;
  },
  "%": (a) => {
    a.approximate(
      "negative-modulo",
      "the remainder of a negative number is never negative in KQL",
      "the number is negative",
    );
    return binary(a.value(0), "%", a.value(1));
  },
  neg: (a) => ({ kind: "negative", operand: a.value(0) }),
  contains: part((t) => t, false),
  contains_cs: part((t) => t, true),
  startswith: part((t) => `^${t}`, false),
  startswith_cs: part((t) => `^${t}`, true),
  endswith: part((t) => `${t}\\z`, false),
  endswith_cs: part((t) => `${t}\\z`, true),
  has: term("term", false),
  has_cs: term("term", true),
  hasprefix: term("prefix", false),
  hasprefix_cs: term("prefix", true),
  hassuffix: term("suffix", false),
  hassuffix_cs: term("suffix", true),
  "matches regex": (a) => call("match", a.text(0), text(pattern(a, 1))),
  has_any: (a) => call("match", a.text(0), text(withFlag(wholeTerms(constantTexts(a))))),
  has_all: (a) => and(...constantTexts(a).map((t) => call("match", a.text(0), text(withFlag(wholeTerms([t])))))),

  tolower: (a) => lower(a.value(0)),
  toupper: (a) => call("upper", a.value(0)),
  strcat: (a) => joined(Array.from({ length: a.count }, (_, i) => written(a, i))),
  strcat_delim: (a) => {
    const parts = Array.from({ length: a.count - 1 }, (_, i) => written(a, i + 1));
    return joined(parts.flatMap((p, i) => (i === 0 ? [p] : [a.text(0), p])));
  },
  strcat_array: (a) => call("mvjoin", a.value(0), a.text(1)),
  substring: (a) => {
    const start = a.constant(1);
    if (typeof start !== "number") return a.unsupported("not-constant", "the start must be a constant");
    const part = call("substr", a.text(0), number(start < 0 ? start : start + 1), ...(a.count > 2 ? [a.value(2)] : []));
    return start < 0 ? call("if", binary(call("len", a.text(0)), "<", number(-start)), text(""), part) : part;
  },
  strlen: (a) => call("len", a.text(0)),
  replace_string: (a) =>
    call("replace", a.text(0), text(literal(constantText(a, 1))), text(replacement(constantText(a, 2)))),
  replace_regex: (a) => {
    const by = constantText(a, 2);
    if (by.includes("\\0")) return a.unsupported("regex", "\\0 in a replacement has no form in Splunk");
    return call("replace", a.text(0), text(pattern(a, 1)), text(by));
  },
  extract: (a) => {
    const regex = pattern(a, 0);
    const group = a.constant(1);
    const whole = group === 0 ? `(${regex})` : grouped(regex);
    const kept = `\\${group === 0 ? 1 : String(group)}`;
    return call(
      "if",
      call("match", a.text(2), text(regex)),
      call("replace", a.text(2), text(`^[\\s\\S]*?${whole}[\\s\\S]*$`), text(kept)),
      text(""),
    );
  },
  split: (a) => {
    const parts = call("split", a.text(0), text(constantText(a, 1)));
    if (constantText(a, 1) === "")
      return a.unsupported("split", "Splunk splits at every character where the delimiter is empty");
    return a.count > 2 ? call("mvindex", parts, a.value(2)) : parts;
  },
  trim: trimmed(true, true),
  trim_start: trimmed(true, false),
  trim_end: trimmed(false, true),
  url_decode: (a) => call("urldecode", a.text(0)),

  tostring: (a) => {
    const type = a.type(0);
    if (type === "datetime" || type === "timespan") return written(a, 0);
    return a.shape(0) === "several" ? call("mv_to_json_array", a.value(0)) : a.value(0);
  },
  toint: (a) => converted(a),
  tolong: (a) => converted(a),
  toreal: (a) => (a.type(0) === "string" || a.type(0) === "dynamic" ? call("tonumber", a.value(0)) : a.value(0)),
  tobool: (a) => (a.type(0) === "bool" ? a.value(0) : lower(a.value(0))),
  todatetime: (a) =>
    a.type(0) === "datetime"
      ? a.value(0)
      : a.unsupported("time-text", "the form of the text decides how Splunk reads a time"),
  totimespan: (a) =>
    a.type(0) === "timespan" ? a.value(0) : a.unsupported("time-text", "Splunk does not read lengths of time"),
  coalesce: (a) => {
    const last = a.count - 1;
    const filled = (i: number): EvalExpr =>
      a.type(i) === "string" && i < last ? call("nullif", a.value(i), text("")) : a.value(i);
    return call("coalesce", ...Array.from({ length: a.count }, (_, i) => filled(i)));
  },
  iff: (a) => call("if", a.condition(0), a.value(1), a.value(2)),
  case: (a) => {
    const args: EvalExpr[] = [];
    for (let i = 0; i + 1 < a.count; i += 2) args.push(a.condition(i), a.value(i + 1));
    return call("case", ...args, call("true"), a.value(a.count - 1));
  },
  max_of: (a) => call("max", ...Array.from({ length: a.count }, (_, i) => a.value(i))),
  min_of: (a) => call("min", ...Array.from({ length: a.count }, (_, i) => a.value(i))),

  parse_json: (a) => a.value(0),
  array_length: (a) =>
    a.shape(0) === "several" ? call("mvcount", a.value(0)) : call("mvcount", call("json_array_to_mv", a.value(0))),
  bag_pack: (a) => {
    const args: EvalExpr[] = [];
    for (let i = 0; i + 1 < a.count; i += 2) {
      const type = a.type(i + 1);
      if (type === "bool" || type === "timespan" || type === "datetime") {
        a.approximate(
          "json-type",
          `a ${type} is written as Splunk holds it, as text or a number`,
          "the bag has such a value",
        );
      }
      if (type === "string" && a.constant(i + 1) === undefined) {
        a.approximate(
          "json-number",
          "Splunk's documentation leaves open whether json_object writes a text that reads as a number in quotes",
          "a text in the bag is a number, such as 1",
        );
      }
      args.push(a.text(i), type === "string" ? a.text(i + 1) : a.value(i + 1));
    }
    return call("json_object", ...args);
  },
  pack_array: (a) =>
    call("mvappend", ...Array.from({ length: a.count }, (_, i) => (a.type(i) === "string" ? a.text(i) : a.value(i)))),
  array_concat: (a) => call("mvappend", ...Array.from({ length: a.count }, (_, i) => a.value(i))),
  array_slice: (a) => call("mvindex", a.value(0), a.value(1), a.value(2)),
  set_union: (a) => call("mvdedup", call("mvappend", ...Array.from({ length: a.count }, (_, i) => a.value(i)))),
  set_has_element: (a) => call("isnotnull", call("mvfind", a.value(0), text(`^${literal(constantText(a, 1))}\\z`))),

  now: (a) => {
    const offset = a.count === 0 ? 0 : seconds(a, 0);
    if (offset === null) return binary(call("now"), "+", a.value(0));
    return offset === 0 ? call("now") : binary(call("now"), offset < 0 ? "-" : "+", number(Math.abs(offset)));
  },
  ago: (a) => {
    const offset = seconds(a, 0);
    if (offset === null) return binary(call("now"), "-", a.value(0));
    return binary(call("now"), offset < 0 ? "+" : "-", number(Math.abs(offset)));
  },
  startofday: (a) => {
    const start = floorTo(a.value(0), day);
    return a.count > 1 ? binary(start, "+", binary(a.value(1), "*", number(day))) : start;
  },
  // 1970-01-04 was a Sunday.
  startofweek: (a) => {
    if (a.count > 1) return a.unsupported("time-unit", "an offset in weeks");
    return binary(floorTo(binary(a.value(0), "-", number(3 * day)), 7 * day), "+", number(3 * day));
  },
  bin: (a) => {
    const size = seconds(a, 1);
    if (size !== null && size > 0) return floorTo(a.value(0), size);
    const constant = a.constant(1);
    if (typeof constant === "number" && constant > 0) return floorTo(a.value(0), constant);
    return a.unsupported("not-constant", "the size must be a positive constant");
  },
  format_datetime: (a) => {
    const format = constantText(a, 1).replace(/([A-Za-z])\1*|%/g, (token) =>
      token === "%" ? "%%" : (timeTokens[token] ?? a.unsupported("time-format", `strftime has no ${token}`)),
    );
    return zoned(a, a.value(0), format);
  },
  datetime_diff: (a) => {
    const size = unit(a);
    const whole = (i: number): EvalExpr =>
      call("floor", size === 1 ? a.value(i) : binary(a.value(i), "/", number(size)));
    return binary(whole(1), "-", whole(2));
  },
  datetime_add: (a) => binary(a.value(2), "+", binary(a.value(1), "*", number(unit(a)))),
  hourofday: (a) => call("floor", binary(binary(a.value(0), "%", number(day)), "/", number(3600))),
  // Day 0 of the epoch was a Thursday; the result is a length of time.
  dayofweek: (a) =>
    binary(
      binary(binary(call("floor", binary(a.value(0), "/", number(day))), "+", number(4)), "%", number(7)),
      "*",
      number(day),
    ),
  unixtime_seconds_todatetime: (a) => a.value(0),
  unixtime_milliseconds_todatetime: (a) => binary(a.value(0), "/", number(1000)),

  abs: (a) => call("abs", a.value(0)),
  ceiling: (a) => call("ceiling", a.value(0)),
  round: (a) => call("round", a.value(0), ...(a.count > 1 ? [a.value(1)] : [])),
  pow: (a) => call("pow", a.value(0), a.value(1)),
  sqrt: (a) => call("sqrt", a.value(0)),
  exp: (a) => call("exp", a.value(0)),
  log: (a) => call("ln", a.value(0)),
  log2: (a) => call("log", a.value(0), number(2)),
  log10: (a) => call("log", a.value(0), number(10)),
  sin: (a) => call("sin", a.value(0)),
  cos: (a) => call("cos", a.value(0)),
  tan: (a) => call("tan", a.value(0)),
  atan: (a) => call("atan", a.value(0)),
  atan2: (a) => call("atan2", a.value(0), a.value(1)),
  pi: () => call("pi"),
  hash_md5: (a) => call("md5", hashedText(a)),
  hash_sha1: (a) => call("sha1", hashedText(a)),
  hash_sha256: (a) => call("sha256", hashedText(a)),
  ipv4_is_private: (a) => or(...privateRanges.map((r) => call("cidrmatch", text(r), a.text(0)))),
  ipv4_is_in_range: (a) => call("cidrmatch", text(constantText(a, 1)), a.text(0)),
} as const satisfies Readonly<Record<string, SplForm>>;

function converted(a: SplArguments): EvalExpr {
  const type = a.type(0);
  if (type === "int" || type === "long") return a.value(0);
  if (type === "real" || type === "decimal") return truncated(a.value(0));
  if (type !== "string" && type !== "dynamic") return nullValue;
  return call("tonumber", a.value(0));
}

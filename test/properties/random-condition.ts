import fc from "fast-check";
import type { Choices } from "../random-plans/choices.ts";

export type Type = "long" | "real" | "string" | "bool" | "datetime" | "dynamic";
type Columns = ReadonlyMap<string, Type>;

const literals: Readonly<Record<Type, readonly [string, ...string[]]>> = {
  long: ["1", "0", "-2", "7", "long(null)", "9007199254740993"],
  real: ["1.5", "0.0", "-2.25", "1e10", "real(null)", "real(nan)"],
  string: ['"a"', '""', '"A b"', "'net.exe'", '@"\\x"', '"é"', '"a_b"', '"1"'],
  bool: ["true", "false", "bool(null)"],
  datetime: ["datetime(2025-10-14)", "datetime(2025-10-14T10:30:00.5Z)", "datetime(null)"],
  dynamic: ["dynamic([1, 2])", 'dynamic({"k": "a"})', "dynamic(null)", "dynamic([])", 'dynamic("a")'],
};
const stringTests = [
  "==",
  "!=",
  "=~",
  "!~",
  "contains",
  "!contains",
  "startswith",
  "endswith_cs",
  "has",
  "!has",
  "has_cs",
  "hasprefix",
  "!hassuffix",
  "contains_cs",
] as const;

/** An expression of a type. */
export function expression(type: Type, columns: Columns, c: Choices, depth: number): string {
  const named = [...columns].filter(([, t]) => t === type).map(([name]) => name);
  const [column] = named.length > 0 ? [named[c.below(named.length)]] : [];
  if (depth <= 0) return column !== undefined && c.below(3) !== 2 ? column : c.of(literals[type]);
  const of = (t: Type): string => expression(t, columns, c, depth - 1);
  const either = (t: Type): string =>
    c.of([
      () => `iff(${of("bool")}, ${of(t)}, ${of(t)})`,
      () => `coalesce(${of(t)}, ${of(t)})`,
      () => `case(${of("bool")}, ${of(t)}, ${of("bool")}, ${of(t)}, ${of(t)})`,
    ])();
  const leaf = (): string => expression(type, columns, c, 0);
  switch (type) {
    case "long":
      return c.of([
        leaf,
        () => `(${of("long")} + ${of("long")})`,
        () => `${leaf()} * ${leaf()}`,
        () => `(${of("long")} % 3)`,
        () => `strlen(${of("string")})`,
        () => `array_length(${of("dynamic")})`,
        () => `tolong(${of("string")})`,
        () => `${of("long")} / ${leaf()}`,
        () => either("long"),
        () => `-(${of("long")})`,
      ])();
    case "real":
      return c.of([
        leaf,
        () => `(${of("real")} - ${of("long")})`,
        () => `${of("real")} * 2`,
        () => `toreal(${of("string")})`,
        () => `(${of("real")} / ${of("real")})`,
        () => either("real"),
      ])();
    case "string":
      return c.of([
        leaf,
        () => `strcat(${of("string")}, ${of("string")})`,
        () => `tolower(${of("string")})`,
        () => `substring(${of("string")}, ${c.below(3)}, 2)`,
        () => `tostring(${of(c.of(["long", "bool", "datetime", "dynamic"]))})`,
        () => `extract("([a-z]+)", 1, ${of("string")})`,
        () => `trim("[ a]", ${of("string")})`,
        () => `replace_string(${of("string")}, "a", "bb")`,
        () => either("string"),
      ])();
    case "datetime":
      return c.of([
        leaf,
        () => `${leaf()} + 1h`,
        () => `startofday(${of("datetime")})`,
        () => `bin(${of("datetime")}, 30m)`,
        () => either("datetime"),
      ])();
    case "dynamic":
      return c.of([
        leaf,
        () => `split(${of("string")}, " ")`,
        () => `pack_array(${of("long")}, ${of("string")})`,
        () => `bag_pack("k", ${of("string")}, "n", ${of("long")})`,
        () => `parse_json(${of("string")})`,
      ])();
    case "bool":
      return c.of([
        leaf,
        () => `${of("string")} ${c.of(stringTests)} ${of("string")}`,
        () => `(${of("long")} ${c.of(["==", "!=", "<", "<=", ">", ">="])} ${of("long")})`,
        () => `${of("datetime")} ${c.of([">", "<=", "==", "!="])} ${of("datetime")}`,
        () => `(${of("bool")} and ${of("bool")})`,
        () => `(${of("bool")} or ${of("bool")})`,
        () => `not(${of("bool")})`,
        () => `${c.of(["isnull", "isempty", "isnotempty", "isnotnull"])}(${of(c.of(["long", "string", "dynamic"]))})`,
        () => `${of("long")} ${c.of(["between", "!between"])} (${c.below(3)} .. ${c.below(9)})`,
        () => `${of("string")} ${c.of(["in", "!in", "in~", "has_any", "has_all"])} ("a", ${of("string")})`,
        () => `(${of("real")} > ${of("long")})`,
        () => `tostring(${of("dynamic")}) has "a"`,
      ])();
  }
}

/** The columns of T. */
export const schema = { n: "long", r: "real", s: "string", b: "bool", t: "datetime", d: "dynamic" } as const;
/** Events of T, with absent and null values. */
export const event = fc.record(
  {
    n: fc.constantFrom(1, 0, -2, 7, 2 ** 53),
    r: fc.constantFrom(1.5, -0.25, 0, 1e10),
    s: fc.constantFrom("a", "", "A b", "net.exe", "é a_b", "1", "a a"),
    b: fc.boolean(),
    t: fc.constantFrom("2025-10-14T00:00:00Z", "2025-10-14T10:30:00.5Z"),
    d: fc.constantFrom<unknown[]>([1, 2], { k: "a" }, [], "a", ["a", null]),
  },
  { requiredKeys: [] },
);

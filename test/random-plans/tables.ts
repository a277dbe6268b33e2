import fc from "fast-check";
import type { ScalarType } from "../../src/types/scalar-type.ts";

export type Type = Exclude<ScalarType, "unknown">;

/** The columns of T: one of every type, and some more of those whose values differ in kind. */
export const schema = {
  l: "long",
  s: "string",
  b: "bool",
  r: "real",
  t: "datetime",
  d: "dynamic",
  i: "int",
  m: "decimal",
  p: "timespan",
  g: "guid",
  words: "string",
  list: "dynamic",
  bag: "dynamic",
  "odd name": "string",
  Timestamp: "datetime",
  TimeGenerated: "datetime",
} as const satisfies Readonly<Record<string, Type>>;

/** The columns of U, which T is joined with. */
export const otherSchema = {
  l: "long",
  s: "string",
  r: "real",
  site: "string",
  t: "datetime",
  d: "dynamic",
  Timestamp: "datetime",
  TimeGenerated: "datetime",
} as const;

const texts = [
  "a",
  "",
  "A",
  "A b",
  "net.exe /add",
  "é",
  "ß a_b",
  "1",
  "-2.50",
  "a=1, b=x y; c='q'",
  '{"k": [1, {"x": null}]}',
  "2025-10-14T10:30:00Z",
  "1.02:03:04.5",
  "10.0.0.1",
  "C:\\Windows\\net.exe",
  "😀\ud83d\uddfa",
  "q\"'\\\n",
  "https://u:p@h.example:8080/a/b?x=1&y=%20#f",
  "aGVsbG8=",
  "0x1F",
  "null",
  "ǅ İi",
] as const;
const times = [
  "2025-10-14T00:00:00Z",
  "2025-10-14T10:30:00.1234567Z",
  "0001-01-01T00:00:00Z",
  "9999-12-31T23:59:59.9999999Z",
  "2024-02-29T23:59:59Z",
] as const;
const guids = ["74be27de-1e4e-49d9-b579-fe0b331d3642", "00000000-0000-0000-0000-000000000000"] as const;

const dynamics: readonly unknown[] = [
  [1, 2],
  [],
  { k: "a" },
  {},
  "a",
  7,
  2.5,
  true,
  [3, 1, 2],
  ["a", null, "B"],
  [1.5, "x", [2, [3]], { k: { n: 1 } }],
  { k: [1, "a"], "odd key": { x: null }, n: 5 },
  { __proto__x: 1, constructor: "c" },
  ["2025-10-14T00:00:00Z", "1h"],
  [9007199254740993n, -1],
  [Number.NaN, 1],
  "é",
];

const values = {
  l: fc.constantFrom(1, 0, -2, 7, 2 ** 53, 9007199254740993n, -(2n ** 63n), 2n ** 63n - 1n, 100),
  i: fc.constantFrom(1, 0, -3, 2147483647, -2147483648),
  r: fc.constantFrom(
    1.5,
    0,
    -0.25,
    1e10,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    3,
    1e-7,
    -0,
    1e300,
  ),
  m: fc.constantFrom("1.5", "0", "-12345678901234567890.123", "0.1", "7"),
  s: fc.constantFrom(...texts),
  b: fc.boolean(),
  t: fc.constantFrom(...times),
  p: fc.constantFrom("01:00:00", "00:00:00", "-1.02:03:04.5", "10675199.02:48:05.4775807", "00:00:00.0000001"),
  g: fc.constantFrom(...guids),
  d: fc.constantFrom(...dynamics),
  words: fc.constantFrom("a b a", "k=v; k2=v2", "x y=1", ...texts),
  list: fc.constantFrom<unknown[]>([1, 2], [], ["a", "b", "a"], [1.5, null, 2], [{ k: 1 }, { k: "x" }], [3, 1, 2]),
  bag: fc.constantFrom<unknown>({ k: 1 }, { k: "x", n: [1] }, {}, { a: { b: { c: 2.5 } } }),
  "odd name": fc.constantFrom("x", "y z"),
  site: fc.constantFrom("n", "s", "é"),
};

/** One time under two names. */
const twice = (fields: { readonly Timestamp?: unknown }): object => ({ ...fields, TimeGenerated: fields.Timestamp });

/** An event of T; absent fields are null. */
export const event = fc
  .record(
    {
      l: values.l,
      s: values.s,
      b: values.b,
      r: values.r,
      t: values.t,
      d: values.d,
      i: values.i,
      m: values.m,
      p: values.p,
      g: values.g,
      words: values.words,
      list: values.list,
      bag: values.bag,
      "odd name": values["odd name"],
      Timestamp: values.t,
    },
    { requiredKeys: [] },
  )
  .map(twice);
export const otherEvent = fc
  .record(
    { l: values.l, s: values.s, r: values.r, site: values.site, t: values.t, d: values.d, Timestamp: values.t },
    { requiredKeys: [] },
  )
  .map(twice);

/** Constants of every type, as one writes them. */
export const literals: Readonly<Record<Type, readonly [string, ...string[]]>> = {
  long: ["1", "0", "2", "-2", "7", "long(null)", "9007199254740993", "long(-9223372036854775808)", "0x1F", "100"],
  int: ["int(1)", "int(0)", "int(-3)", "int(2147483647)", "int(null)"],
  real: ["1.5", "0.0", "-2.25", "1e10", "real(null)", "real(nan)", "real(+inf)", "real(-inf)", "2.0", "0.1"],
  decimal: ["decimal(1.5)", "decimal(0)", "decimal(-12345678901234567890.123)", "decimal(null)"],
  string: [
    '"a"',
    '""',
    '"A b"',
    "'net.exe'",
    '@"\\x"',
    '"é"',
    '"a_b"',
    '"1"',
    '"k"',
    '"\\"q\\\\\\n"',
    "'😀'",
    '"a,b;c=1"',
    '"192.168.0.0/16"',
    '"2025-10-14"',
    '```raw "text" ```',
  ],
  bool: ["true", "false", "bool(null)"],
  datetime: [
    "datetime(2025-10-14)",
    "datetime(2025-10-14T10:30:00.5Z)",
    "datetime(null)",
    "datetime(0001-01-01)",
    "datetime(9999-12-31T23:59:59.9999999)",
  ],
  timespan: ["1h", "timespan(null)", "30m", "-1d", "1.5s", "time(1.02:03:04.5)", "100ns", "7d"],
  guid: ["guid(74be27de-1e4e-49d9-b579-fe0b331d3642)", "guid(null)"],
  dynamic: [
    "dynamic([1, 2])",
    'dynamic({"k": "a"})',
    "dynamic(null)",
    "dynamic([])",
    'dynamic("a")',
    'dynamic([1.5, null, {"x": [true, 2.0]}])',
    'dynamic({"k": [1, 2], "odd key": {"n": 9007199254740993}})',
    "dynamic([datetime(2025-10-14), 1h])",
    "dynamic(5)",
    "dynamic([3, 1, 2])",
  ],
};

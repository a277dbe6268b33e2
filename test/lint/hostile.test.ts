import { expect, test } from "vitest";
import { checkKql } from "../../src/index.ts";

const list = (count: number, item: (i: number) => string, separator: string) =>
  Array.from({ length: count }, (_, i) => item(i)).join(separator);

test.each([
  ["a long chain of alternatives", `T | where ${list(400, (i) => `a == "x${i}"`, " or ")}`],
  ["a long chain of filters", `T ${list(300, (i) => `| where a has "x${i}"`, " ")}`],
  ["a long list of words", `T | where a has_any (${list(1500, (i) => `"w${i} x"`, ", ")})`],
  [
    "lets that double",
    `let t0 = T; ${list(25, (i) => `let t${i + 1} = union t${i}, t${i};`, " ")} t25 | where a == "X.exe"`,
  ],
  [
    "scalar lets that double",
    `let a0 = "x"; ${list(30, (i) => `let a${i + 1} = strcat(a${i}, "y");`, " ")} T | where a has a30`,
  ],
  ["nested calls", `T | where ${"tolower(".repeat(200)}a${")".repeat(200)} == "X"`],
  ["many ranges", `T | where ${list(300, (i) => `b != ${i}`, " and ")}`],
])("%s ends soon and does not throw", (_, text) => {
  const begin = performance.now();
  expect(() => checkKql(text, { schemas: { T: { a: "string", b: "long" } } })).not.toThrow();
  expect(performance.now() - begin).toBeLessThan(5000);
});

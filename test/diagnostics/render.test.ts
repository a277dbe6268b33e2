import { describe, expect, test } from "vitest";
import { Diagnostics } from "../../src/diagnostics/diagnostic.ts";
import { type RenderOptions, renderDiagnostic } from "../../src/diagnostics/render.ts";
import type { Source } from "../../src/diagnostics/source.ts";

/** The excerpt of a finding about the part of the text between « and ». */
function excerpt(marked: string, options?: RenderOptions): string[] {
  return render(marked, options).split("\n").slice(1);
}

function render(marked: string, options?: RenderOptions): string {
  const start = marked.indexOf("«");
  const end = marked.indexOf("»") - 1;
  const text = marked.replace("«", "").replace("»", "");
  return renderDiagnostic({ name: "rule.kql", text }, finding(text, start, end), options);
}

function finding(text: string, start: number, end: number, hint?: string) {
  const diagnostics = new Diagnostics(text);
  diagnostics.add("KQL101", { start, end }, "there is no column `Foo`", hint);
  const [first] = diagnostics.list;
  if (first === undefined) throw new Error("nothing was added");
  return first;
}

test("place, severity, code, message, excerpt, caret and hint", () => {
  const text = "T\n| where Foo == 1\n| take 1";
  expect(renderDiagnostic({ name: "rule.kql", text }, finding(text, 10, 13, "did you mean `Fox`?"))).toBe(
    [
      "rule.kql:2:9 error KQL101: there is no column `Foo`",
      "  2 | | where Foo == 1",
      "    |         ^^^",
      "  hint: did you mean `Fox`?",
    ].join("\n"),
  );
});

describe("carets stand below their text", () => {
  test("behind tabs, which are shown as blanks", () => {
    expect(excerpt("\twhere\t«Foo»")).toEqual(["  1 |     where   Foo", "    |             ^^^"]);
  });
  test("behind and below wide characters", () => {
    expect(excerpt("where 名前 == «'日本'»")).toEqual(["  1 | where 名前 == '日本'", `    | ${" ".repeat(14)}^^^^^^`]);
    expect(excerpt("'👩‍👩‍👧e\u0301🇩🇪' «Foo»")).toEqual(["  1 | '👩‍👩‍👧e\u0301🇩🇪' Foo", `    | ${" ".repeat(8)}^^^`]);
  });
  test("at the end of a line, of the text, and in an empty text", () => {
    expect(excerpt("T |«»\n| take 1")).toEqual(["  1 | T |", "    |    ^"]);
    expect(excerpt("T |«»")).toEqual(["  1 | T |", "    |    ^"]);
    expect(excerpt("T\n«»")).toEqual(["  2 |", "    | ^"]);
    expect(excerpt("«»")).toEqual([]);
  });
  test("below every line of a short part, and the ends of a long one", () => {
    expect(excerpt("T | «where a\n  and b»")).toEqual([
      "  1 | T | where a",
      "    |     ^^^^^^^",
      "  2 |   and b",
      "    |   ^^^^^",
    ]);
    expect(excerpt("«1\n2\n3\n4\n5\n6\n»7")).toEqual([
      "  1 | 1",
      "    | ^",
      "  2 | 2",
      "    | ^",
      "    ⋮",
      "  6 | 6",
      "    | ^",
    ]);
  });
  test("with Windows line ends", () => {
    expect(excerpt("T\r\n| «Foo»\r\n")).toEqual(["  2 | | Foo", "    |   ^^^"]);
  });
});

describe("long lines are cut around the place", () => {
  test.each([40, 60, 100])("to %i cells", (width) => {
    for (const filler of ["x", "日", "\t", "👍"]) {
      const lines = excerpt(`${filler.repeat(5000)}«Foo»${filler.repeat(5000)}`, { width });
      expect(lines[0]).toContain("Foo");
      expect(lines[0]).toMatch(/^ {2}1 \| ….*…$/);
      const before = (lines[0] ?? "").split("Foo")[0] ?? "";
      const cells = filler === "日" || filler === "👍" ? 2 : 1;
      const length = (text: string) => [...text].reduce((sum, c) => sum + (c === filler ? cells : 1), 0);
      expect((lines[1] ?? "").indexOf("^")).toBe(length(before));
      expect(lines[1]).toMatch(/ \^\^\^$/);
      for (const line of lines) expect(length(line)).toBeLessThanOrEqual(width);
    }
  });
  test("a million characters take no time", () => {
    const begun = performance.now();
    excerpt(`${"x".repeat(1_000_000)}«Foo»${"x".repeat(1_000_000)}`);
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});

test("nothing of the text reaches the terminal as a command", () => {
  const output = render("T | where \u001b[31m«\u202eFoo\u0007\u009b»", {});
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
  expect(output).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
});

test("colour only where it is asked for", () => {
  expect(render("«Foo»")).not.toContain("\u001b");
  expect(render("«Foo»", { color: true })).toContain("\u001b[31m");
});

test("a query inside of a rule file is shown at its place in that file", () => {
  const file = "name: x\nquery: |\n    T\n    | where Foo == 1\n";
  const source: Source = {
    name: "rule.yml",
    text: "T\n| where Foo == 1\n",
    container: { text: file, lineOffsets: [21, 27, file.length] },
  };
  expect(renderDiagnostic(source, finding(source.text, 10, 13)).split("\n")).toEqual([
    "rule.yml:4:13 error KQL101: there is no column `Foo`",
    "  4 |     | where Foo == 1",
    "    |             ^^^",
  ]);
});

import { describe, expect, test } from "vitest";
import { jsonText } from "../../src/cli/json-text.ts";
import { outline } from "../../src/cli/outline.ts";
import { progressLine, startProgress } from "../../src/cli/progress.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { renderTable } from "../../src/cli/text-table.ts";
import { displayWidth } from "../../src/diagnostics/width.ts";

describe("tables", () => {
  const columns = [{ title: "name" }, { title: "count", align: "right" as const }, { title: "text" }];
  const rows = [
    ["日本", "1", "short"],
    ["b", "1234567", `a long ${"text ".repeat(30)}👍`],
  ];

  test("align by what a terminal shows", () => {
    expect(renderTable(columns, [rows[0] ?? [], ["abc", "20", "x"]], { width: 80 })).toBe(
      ["name  count  text", "────  ─────  ─────", "日本      1  short", "abc      20  x", ""].join("\n"),
    );
  });
  test.each([30, 40, 60, 100])("fit into %i cells", (width) => {
    const lines = renderTable(columns, rows, { width }).split("\n");
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    expect(lines[3]).toMatch(/1234567 {2}a long.*…$/);
  });
  test("become blocks where columns do not fit side by side", () => {
    const many = Array.from({ length: 20 }, (_, i) => ({ title: `column${i}` }));
    const text = renderTable(many, [many.map((_, i) => (i % 2 ? "" : `value${i}`))], { width: 40 });
    expect(text.split("\n").slice(0, 3)).toEqual(["── row 1 ────────", "column0   value0", "column2   value2"]);
  });
  test("show control characters, and send none", () => {
    expect(renderTable([{ title: "a" }], [["x\n\u001b[31my"]], { width: 80 })).toContain("x␊␛[31my");
  });
  test("of no rows are their titles", () => {
    expect(renderTable(columns, [], { width: 80 })).toBe("name  count  text\n────  ─────  ────\n");
  });
});

describe("progress", () => {
  test("says how much, how fast and how long", () => {
    expect(progressLine(50e6, 100e6, 2, 79)).toBe(
      `${"█".repeat(15)}${"░".repeat(15)}   50 %  50 of 100 MB  25 MB/s  2 s left`,
    );
    expect(progressLine(50e6, null, 2, 79)).toBe("50 MB read  25 MB/s");
    for (const width of [5, 20, 50]) expect(displayWidth(progressLine(1e6, 3e6, 1, width))).toBeLessThanOrEqual(width);
  });
  test("is shown on a terminal alone, after a moment, and taken away", () => {
    const shown = (interactive: boolean) => {
      let text = "";
      let time = 0;
      const terminal: Terminal = {
        out: async () => {},
        err: (more) => {
          text += more;
        },
        width: 80,
        errWidth: 80,
        interactive,
        outColor: false,
        errColor: false,
      };
      const progress = startProgress(terminal, 100, () => time);
      for (time of [0, 100, 300]) progress.update(10);
      const early = text;
      for (time of [500, 510]) progress.update(50);
      progress.clear();
      return [early, text];
    };
    expect(shown(false)).toEqual(["", ""]);
    const [early, all] = shown(true);
    expect(early).toBe("");
    expect(all?.match(/50 %/g)).toHaveLength(1);
    expect(all?.endsWith("\r\u001b[2K")).toBe(true);
  });
});

test("JSON with every digit", () => {
  const value = { a: [1, 2n ** 60n, "x\u2028"], b: {}, c: undefined, d: null, e: [] };
  expect(jsonText(value)).toBe('{"a":[1,1152921504606846976,"x\u2028"],"b":{},"d":null,"e":[]}');
  expect(jsonText({ a: [1], b: { c: true } }, 2)).toBe(JSON.stringify({ a: [1], b: { c: true } }, null, 2));
});

test("outline of a tree", () => {
  const tree = {
    kind: "a",
    name: "x",
    span: { start: 1 },
    list: [{ kind: "b", n: 1 }, 2],
    one: { kind: "c", empty: [] },
  };
  expect(outline(tree)).toBe('a name="x"\n  list[0]: b n=1\n  list[1]: 2\n  one: c empty=[]\n');
});

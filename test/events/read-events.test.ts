import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { EventError } from "../../src/events/problem.ts";
import { type ReadEventsOptions, readEvents } from "../../src/events/read-events.ts";

const folder = mkdtempSync(join(tmpdir(), "ruleport-events-"));
let files = 0;

function file(content: string | Uint8Array, extension: string): string {
  const path = join(folder, `${files++}.${extension}`);
  writeFileSync(path, content);
  return path;
}

async function read(path: string, options?: ReadEventsOptions): Promise<unknown[]> {
  const events: unknown[] = [];
  for await (const event of readEvents(path, options)) events.push(event);
  return events;
}

async function problem(path: string): Promise<{ code: string; line: number | null; message: string }> {
  try {
    await read(path);
  } catch (error) {
    if (error instanceof EventError) return { code: error.code, line: error.line, message: error.message };
    throw error;
  }
  throw new Error("nothing was reported");
}

const two = [{ a: 1 }, { a: 2 }];

describe("formats", () => {
  test.each([
    ["jsonl", '{"a":1}\n{"a":2}\n'],
    ["ndjson", '{"a":1}\n{"a":2}'],
    ["jsonl", '\ufeff{"a":1}\r\n\r\n{"a":2}\r\n'],
    ["json", '[{"a":1},\n {"a":2}]'],
    ["json", '{"value":[{"a":1},{"a":2}]}'],
    ["json", '{"@odata.context":"https://x/]","value":[{"a":1},{"a":2}],"@odata.nextLink":"…","n":[{"a":3}]}'],
    ["json", '{"a":1}\n{\n"a":2\n}'],
    ["txt", '{"a":1}\n{"a":2}\n'],
    ["txt", ' [{"a":1},{"a":2}]'],
    ["txt", '{\n"a":1}{"a":2}'],
  ])("%s %j", async (extension, text) => {
    expect(await read(file(text, extension))).toEqual(two);
    expect(await read(file(gzipSync(text), `${extension}.gz`))).toEqual(two);
    expect(await read(file(gzipSync(text), extension))).toEqual(two);
  });

  test("an event with a column called value is an event", async () => {
    expect(await read(file('{"a":1,"value":[{"b":2}]}', "json"))).toEqual([{ a: 1, value: [{ b: 2 }] }]);
  });

  test("one object", async () => {
    expect(await read(file('{"a":{"b":["}",{"c":"]\\""}]}}', "json"))).toEqual([{ a: { b: ["}", { c: ']"' }] } }]);
  });

  test("UTF-16, as PowerShell writes it", async () => {
    expect(await read(file(Buffer.from('\ufeff{"a":"é"}\r\n', "utf16le"), "jsonl"))).toEqual([{ a: "é" }]);
  });

  test("an empty file has no events", async () => {
    for (const extension of ["jsonl", "json", "csv", "txt"]) expect(await read(file("", extension))).toEqual([]);
  });

  test("csv: cells are text", async () => {
    const text = 'a,b c,d\n1,"x, ""y""\nz",\n\n2,,"é"\n';
    const rows = [
      { a: "1", "b c": 'x, "y"\nz', d: "" },
      { a: "2", "b c": "", d: "é" },
    ];
    expect(await read(file(text, "csv"))).toEqual(rows);
    expect(await read(file(`\ufeff${text.replaceAll("\n", "\r\n")}`, "csv"))).toEqual([
      { ...rows[0], "b c": 'x, "y"\r\nz' },
      rows[1],
    ]);
    expect(await read(file("a;b\n1,5;2\n", "csv"))).toEqual([{ a: "1,5", b: "2" }]);
    expect(await read(file("a\tb\n1\t2\n", "csv"))).toEqual([{ a: "1", b: "2" }]);
  });

  test("records are found across chunks, whatever their size", async () => {
    const events = Array.from({ length: 3000 }, (_, i) => ({ i, text: 'é日\\"{[,'.repeat(i % 97) }));
    expect(await read(file(events.map((e) => JSON.stringify(e)).join("\n"), "jsonl"))).toEqual(events);
    expect(await read(file(JSON.stringify(events, null, 1), "json"))).toEqual(events);
    expect(await read(file(JSON.stringify({ value: events }), "json"))).toEqual(events);
  });
});

describe("numbers", () => {
  test("integers that a double cannot hold come as bigint", async () => {
    const text =
      '{"a":9007199254740993,"b":-9223372036854775808,"c":[18446744073709551616],"d":9007199254740991,"e":0.12345678901234567}';
    expect(await read(file(text, "jsonl"))).toEqual([
      {
        a: 9007199254740993n,
        b: -9223372036854775808n,
        c: [18446744073709552000],
        d: 9007199254740991,
        e: Number("0.12345678901234567"),
      },
    ]);
  });

  test("digits in strings and keys stay text", async () => {
    const event = { "12345678901234567890": "12345678901234567890", n: "n12345678901234567890", s: 's"\\', "": "" };
    expect(await read(file(JSON.stringify(event), "jsonl"))).toEqual([event]);
  });
});

describe("bad records", () => {
  test.each([
    ["jsonl", '{"a":1}\n{"a":1,}\n', 2, "is not JSON: Expected double-quoted property name at character 8"],
    ["jsonl", '{"a":1}\n\n{"a":tru}', 3, "is not JSON: Unexpected token '}'"],
    [
      "jsonl",
      '{"a":1}\n{"a":12345678901234567890x}',
      2,
      "is not JSON: Expected ',' or '}' after property value at character 26",
    ],
    ["jsonl", "[1]", 1, "is an array, not an object with columns"],
    ["jsonl", "null", 1, "is null, not an object with columns"],
    [
      "json",
      '[{"a":1},\n{"a":1 "b"},{"a":2}]',
      2,
      "is not JSON: Expected ',' or '}' after property value at character 9",
    ],
    ["json", '[{"a":1},\n{"a":1}', 2, "is not JSON: the file ends inside of a value"],
    ["json", '[{"a":1}}', 1, "is not JSON: } where the array's ] is expected"],
    ["json", '[{"a":1}]\n]', 2, "is not JSON: Unexpected token ']'"],
    ["json", "[1]", 1, "is a number, not an object with columns"],
    ["csv", "a,b\n1,2\n1\n", 3, "has 1 cells, unlike the header line"],
    ["csv", 'a,b\n1,"2\n', 2, "opens a quote that is never closed"],
    ["csv", 'a,b\n"x\ny",2\n1\n', 4, "has 1 cells, unlike the header line"],
    ["csv", "a,a\n1,2\n", 1, 'has the column "a" twice'],
  ])("%s %j", async (extension, text, line, message) => {
    expect(await problem(file(text, extension))).toEqual({ code: "FILE003", line, message });
  });

  test.each([
    ["jsonl", '{"a":1}\nx\n{"a":2}\n'],
    ["json", '[{"a":1},{"a":},{"a":2}]'],
    ["csv", "a\n1\n2,3\n4\n"],
  ])("are left out on demand: %s", async (extension, text) => {
    const errors: EventError[] = [];
    const events = await read(file(text, extension), { onBadLine: (e) => errors.push(e) });
    expect(events).toHaveLength(2);
    expect(errors.map((e) => e.code)).toEqual(["FILE003"]);
  });
});

describe("bad files", () => {
  test("missing, a folder, not text, broken gzip", async () => {
    expect(await problem(join(folder, "missing.jsonl"))).toMatchObject({ code: "FILE001", message: "no such file" });
    expect(await problem(folder)).toMatchObject({ code: "FILE001", message: "is a directory" });
    const bytes = Buffer.concat([Buffer.from('{"a":1}\n{"a":"'), Buffer.from([0xe9]), Buffer.from('"}\n')]);
    expect(await problem(file(bytes, "jsonl"))).toEqual({ code: "FILE001", line: 2, message: "is not UTF-8 text" });
    const cut = gzipSync("x".repeat(1000)).subarray(0, 20);
    expect(await problem(file(cut, "jsonl.gz"))).toMatchObject({
      code: "FILE001",
      message: expect.stringMatching("gzip"),
    });
  });

  test("the reader stops where its user stops", async () => {
    for await (const event of readEvents(file('{"a":1}\n'.repeat(100_000), "jsonl"))) {
      expect(event).toEqual({ a: 1 });
      break;
    }
  });
});

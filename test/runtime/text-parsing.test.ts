import { describe, expect, it } from "vitest";
import {
  extractJson,
  parseCommandLine,
  parseCsv,
  parsePath,
  parseUrl,
  parseUrlquery,
  parseVersion,
  parseXml,
} from "../../src/runtime/index.ts";

describe("texts taken apart", () => {
  it.each<[string, readonly string[]]>([
    ["aa,b,cc", ["aa", "b", "cc"]],
    ['aa,"b,b,b",cc,"quotes: ""Title""","line1\nline2"', ["aa", "b,b,b", "cc", 'quotes: "Title"', "line1\nline2"]],
    ["record1,a\nrecord2,x", ["record1", "a"]],
    ["", [""]],
    [",", ["", ""]],
    ['a,"open', ["a", "open"]],
  ])("parse_csv(%j)", (text, fields) => expect(parseCsv(text)).toEqual(fields));

  it("parse_url gives all parts of an absolute URL, and empty ones of anything else", () => {
    expect(parseUrl("scheme://user:pass@host:1234/this/is?k1=v1&k2=v2#end")).toEqual({
      Scheme: "scheme",
      Host: "host",
      Port: "1234",
      Path: "/this/is",
      Username: "user",
      Password: "pass",
      "Query Parameters": { k1: "v1", k2: "v2" },
      Fragment: "end",
    });
    expect(parseUrl("bing.com/x")).toMatchObject({ Scheme: "", Host: "", Path: "" });
    expect(parseUrlquery("?a=1&b&__proto__=c")).toEqual({
      "Query Parameters": Object.fromEntries([
        ["a", "1"],
        ["b", ""],
        ["__proto__", "c"],
      ]),
    });
  });

  it.each([
    [
      "C:\\temp\\file.txt",
      { RootPath: "C:\\", DirectoryPath: "C:\\temp", DirectoryName: "temp", Filename: "file.txt" },
    ],
    ["file://C:/temp/a.txt:x.exe", { Scheme: "file", Filename: "a.txt", AlternateDataStreamName: "x.exe" }],
    ["\\\\shared\\users\\a.txt.gz", { RootPath: "", DirectoryPath: "\\\\shared\\users", Extension: "gz" }],
    ["name", { DirectoryPath: "", DirectoryName: "", Filename: "name", Extension: "" }],
  ])("parse_path(%j)", (path, parts) => expect(parsePath(path)).toMatchObject(parts));

  it.each<[string, readonly string[]]>([
    ['echo "hello world!"', ["echo", "hello world!"]],
    [
      String.raw`"C:\Program Files\x.exe" a\\"b c" d\"e "" \\`,
      ["C:\\Program Files\\x.exe", "a\\b c", 'd"e', "", "\\\\"],
    ],
    ['a "b""c" d', ["a", 'b"c', "d"]],
    ["", []],
  ])("parse_command_line(%j)", (command, parts) => {
    expect(parseCommandLine(command, "Windows")).toEqual(parts);
    expect(parseCommandLine(command, "unix")).toBeNull();
  });

  it("parse_version counts missing parts as 0, and refuses more than eight digits", () => {
    expect(["0.0.0.5", "0.0.3", "1.2.3.4", "1"].map((v) => String(parseVersion(v)))).toEqual([
      "5",
      "300000000",
      "1000000020000000300000004",
      "1000000000000000000000000",
    ]);
    expect(["1.2.3.4.5", "1.x", "", "123456789"].map(parseVersion)).toEqual([null, null, null, null]);
  });

  it("parse_xml follows the table of its page", () => {
    expect(parseXml("<e/>")).toEqual({ e: null });
    expect(parseXml('<?xml version="1.0"?><!-- x --><e name="v">text</e>')).toEqual({
      e: { "@name": "v", "#text": "text" },
    });
    expect(parseXml("<e> <a>1</a> <a>&lt;&#65;</a> <b/> t </e>")).toEqual({
      e: { a: ["1", "<A"], b: null, "#text": "t" },
    });
    expect(parseXml("<e><![CDATA[<x>]]></e>")).toEqual({ e: "<x>" });
  });
  it.each(["", "text", "<a>", "<a></b>", '<a b="1" b="2"/>', "<a>&x;</a>", "<a/><b/>", "<a".repeat(50_000)])(
    "parse_xml of no XML is null: %.20s",
    (text) => expect(parseXml(text)).toBeNull(),
  );
  it("parse_xml reads deep and hostile texts in bounded time", () => {
    const start = performance.now();
    for (const text of ["<a>".repeat(300_000), "<!--".repeat(250_000), `<a>${"<!--".repeat(200_000)}`])
      expect(parseXml(text)).toBeNull();
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it("extract_json walks a path, and gives objects as JSON", () => {
    const json = '{"a":{"b":[1,2.0,{"x":"y"}]},"c d":true}';
    expect(
      ["$.a.b[0]", "$.a.b[1]", "$.a.b[2]", "$['c d']", "$.a.b[2].x", "$.z", "a"].map((p) => extractJson(p, json)),
    ).toEqual(["1", "2.0", '{"x":"y"}', "true", "y", "", ""]);
  });
});

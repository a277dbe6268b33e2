import { describe, expect, it } from "vitest";
import { passes, problem, rows, value, warnings } from "./run.ts";

describe("null", () => {
  it.each([
    ['a="x"', false],
    ['a!="x"', false],
    ['NOT a="x"', false],
    ["isnull(a)", true],
    ['isnull(a) OR a="x"', true],
    ['a="x" OR b="y"', true],
    ['NOT (a="x" AND b="z")', true],
    ['a="x" XOR b="y"', false],
    ['a IN ("x")', false],
    ['NOT a IN ("x")', false],
    ['like(a, "%")', false],
    ['NOT match(a, "x")', false],
    ["a=a", false],
  ])("where %s", async (condition, expected) => {
    expect(await passes(condition, { b: "y" })).toBe(expected);
  });

  it("takes the second value of if, is skipped by coalesce, and spreads", async () => {
    expect(await value('if(a="x", 1, 2)')).toBe(2);
    expect(await value('coalesce(a, "", "z")')).toBe("");
    expect(await value('"x" . a')).toBeNull();
    expect(await value("a + 1")).toBeNull();
    expect(await value('case(a="x", 1)')).toBeNull();
  });

  it("removes a field", async () => {
    expect(await rows("| eval a=null()", [{ a: 1, b: 2 }])).toEqual([{ b: 2 }]);
  });
});

describe("comparison", () => {
  it.each([
    ['f="Net"', { f: "net" }, false],
    ['f="net*"', { f: "network" }, false],
    ["f>9", { f: "10" }, true],
    ['f>"9"', { f: "abc" }, true],
    ["f=10", { f: "10.0" }, true],
    ["f=g", { f: "2", g: "2.0" }, true],
    ["f<g", { f: "9", g: "10" }, true],
    ['"10">"9"', {}, false],
    ["f=1 OR f=2 AND g=1", { f: "1", g: "2" }, true],
    ['m="b"', { m: ["a", "b"] }, true],
    ['m IN ("c", "b")', { m: ["a", "b"] }, true],
    ['f LIKE "a%_"', { f: "abc" }, true],
    ['f LIKE "A%"', { f: "abc" }, false],
    ['like(f, "C:\\\\%")', { f: "C:\\x" }, true],
    ["true() AND NOT false()", {}, true],
    ["f IN (g, 5)", { f: "5" }, true],
  ])("%s of %j", async (condition, fields, expected) => {
    expect(await passes(condition, fields)).toBe(expected);
  });

  it("warns where it matters that a number stands beside a text", async () => {
    expect(await warnings('| where f="10"', [{ f: "10" }])).toEqual([]);
    expect(await warnings('| where f="10"', [{ f: "10.0" }])).toEqual(["SPL212"]);
  });
});

describe("arithmetic", () => {
  it.each([
    ["7/2", 3.5],
    ["7%2", 1],
    ["1/0", null],
    ["-f*2", -6],
    ["f . 1", "31"],
    ['"a" + "b"', "ab"],
    ['f + "4"', 7],
    ['f + "x"', null],
    ["2 + 3 * 4", 14],
    ["8.250 * 0.2", "2"],
    ["8.250 * 0.20", "1.7"],
    ["exact(8.250 * 0.2)", 2],
    ["8.250 * exact(0.2)", "1.650"],
    ["1000000 * 1000000 * 1000000 * 1000000", 1e24],
  ])("%s", async (expression, expected) => {
    expect(await value(expression, { f: 3 })).toEqual(expected);
  });

  it("counts the digits of a field's text too", async () => {
    expect(await value("a * c", { a: 3, c: "0.5" })).toBe("2");
    expect(await value("a * c", { a: 3, c: 0.5 })).toBe("2");
    expect(await value("a / b", { a: 3, b: 2 })).toBe(1.5);
  });

  it("writes numbers without an exponent", async () => {
    expect(await value('"" . 1000000*1000000*1000000*1000000')).toBe("1000000000000000000000000");
    expect(await value('"" . (1/8000000000)')).toBe("0.000000000125");
  });
});

describe("functions", () => {
  it.each([
    ["len(s)", 3],
    ['upper("straße")', "STRASSE"],
    ["substr(s, 2)", "é\u{1F600}"],
    ["substr(s, -1)", "\u{1F600}"],
    ["substr(s, 0, 2)", "a"],
    ['trim("xxaxx", "x")', "a"],
    ['replace("a1b22", "\\d+", "<\\0>")', "a<1>b<22>"],
    ['replace("ab", "(a)(x)?", "[\\1\\2]")', "[a]b"],
    ['replace("abc", "", "-")', "-a-b-c-"],
    ['urldecode("a%20%C3%A9+%zz")', "a é+%zz"],
    ["tostring(1==2)", "False"],
    ['tostring(255, "hex")', "0xFF"],
    ['tostring(1234567.891, "commas")', "1,234,567.89"],
    ['tostring(90061, "duration")', "1+01:01:01"],
    ['tonumber("ff", 16)', 255],
    ['tonumber(" " . n)', null],
    ['printf("%05.1f|%-4s|%x|%%", 3.14159, "ab", 255)', "003.1|ab  |ff|%"],
    ['md5("abc")', "900150983cd24fb0d6963f7d28e17f72"],
    ['sha256("")', "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["round(2.555, 2)", 2.56],
    ["round(-2.5)", -3],
    ["round(1234.5, -2)", 1200],
    ["log(1000)", 3],
    ["sqrt(-1)", null],
    ["pow(2, 10)", 1024],
    ['max(3, 10, "abc")', "abc"],
    ['min(3, 10, "abc")', "3"],
    ['typeof(12) . typeof("x") . typeof(1==2) . typeof(nosuch)', "NumberStringBooleanInvalid"],
    ["if(isnum(n), 1, 0)", 1],
    ["if(isstr(n), 1, 0)", 0],
    ['nullif("a", "a")', null],
    ['validate(1=1, "first", 1=2, "second")', "second"],
    ['ipmask("255.255.0.0", "10.1.2.3")', "10.1.0.0"],
    ["bit_and(12, 10)", 8],
    ['CASE(n=5, "five")', "five"],
  ])("%s", async (expression, expected) => {
    expect(await value(expression, { s: "aé\u{1F600}", n: "5" })).toEqual(expected);
  });

  it.each([
    ["mvcount(m)", 3],
    ["mvcount(nosuch)", null],
    ["mvindex(m, 1)", "b"],
    ["mvindex(m, -2, -1)", ["b", "a"]],
    ["mvindex(m, 1, 9)", ["b", "a"]],
    ["mvindex(m, 3)", null],
    ['mvjoin(m, ";")', "a;b;a"],
    ["mvdedup(m)", ["a", "b"]],
    ["mvsort(m)", ["a", "a", "b"]],
    ["mvreverse(m)", ["a", "b", "a"]],
    ['mvappend(m, nosuch, "c")', ["a", "b", "a", "c"]],
    ['mvfilter(m="a")', ["a", "a"]],
    ['mvfilter(m="z")', null],
    ["mvmap(m, upper(m) . s)", ["Ax", "Bx", "Ax"]],
    ['mvfind(m, "^b$")', 1],
    ["mvrange(1, 4)", ["1", "2", "3"]],
    ["mvrange(4, 1, -1)", ["4", "3", "2"]],
    ['mvrange(0, 172800, "1d")', ["0", "86400"]],
    ['mvzip(m, split("1,2", ","), "=")', ["a=1", "b=2"]],
    ['split("a||b", "|")', ["a", "", "b"]],
    ["lower(upper(m))", ["a", "b", "a"]],
    ['mvjoin(mvappend("x"), ",")', "x"],
  ])("%s", async (expression, expected) => {
    expect(await value(expression, { m: ["a", "b", "a"], s: "x" })).toEqual(expected);
  });

  it("of texts are not defined on several values", async () => {
    for (const expression of ["len(m)", 'replace(m, "a", "b")', "substr(m, 1)", "trim(m)", 'm . "x"']) {
      expect(await value(expression, { m: ["a", "b"] })).toBeNull();
      expect(await warnings(`| eval x=${expression}`, [{ m: ["a", "b"] }])).toEqual(["SPL212"]);
    }
  });
});

describe("eval", () => {
  it("goes from left to right and names fields by values", async () => {
    expect(await rows('| eval a=2, b=a*3, {k}=b, "with blank"=1', [{ k: "key" }])).toEqual([
      { k: "key", a: 2, b: 6, key: 6, "with blank": 1 },
    ]);
  });

  it.each([
    ["| eval x=a=1", "SPL203", "x=a=1"],
    ["| eval x=isnull(a)", "SPL203", "x=isnull(a)"],
    ["| eval x=nosuch(1)", "SPL202", "nosuch(1)"],
    ["| eval x=len()", "SPL203", "len()"],
    ['| where match(a, "(")', "SPL204", '"("'],
    ['| where "text"', "SPL203", '"text"'],
    ["| eval x=mvfilter(a=b)", "SPL203", "mvfilter(a=b)"],
    ['| eval x=tonumber("z")', "SPL203", 'tonumber("z")'],
    ["| eval x=if(a=1, 2)", "SPL203", "if(a=1, 2)"],
    ["| eval x=`nosuch`", "SPL205", "`nosuch`"],
  ])("cannot run %s", async (search, code, marked) => {
    expect(await problem(search, { events: [{ a: 1 }] })).toEqual([code, marked]);
  });
});

describe("foreach", () => {
  it("goes through fields", async () => {
    const search =
      '| foreach bytes_* [ eval total=coalesce(total, 0)+<<FIELD>>, "<<MATCHSTR>>"="<<FIELD>>:".\'<<FIELD>>\' ]';
    expect(await rows(search, [{ bytes_in: 1, bytes_out: 2 }])).toEqual([
      { bytes_in: 1, bytes_out: 2, total: 3, in: "bytes_in:1", out: "bytes_out:2" },
    ]);
  });

  it("goes through values", async () => {
    expect(
      await rows("| eval total=0 | foreach mode=multivalue m [ eval total=total+<<ITEM>> ]", [{ m: ["1", "2", "3"] }]),
    ).toEqual([{ m: ["1", "2", "3"], total: 6 }]);
  });
});

import { describe, expect, it } from "vitest";
import { runSpl } from "../../src/run-spl.ts";
import { column, problem, rows, warnings } from "./run.ts";

const numbered = (count: number): object[] => Array.from({ length: count }, (_, i) => ({ n: i + 1 }));

describe("sort", () => {
  it("orders numbers by value, addresses by value, texts by bytes, nulls last", async () => {
    const of = (values: readonly (string | undefined)[], key: string) =>
      column(
        `| sort 0 ${key}`,
        "v",
        values.map((v) => (v === undefined ? {} : { v })),
      );
    expect(await of(["10", "9", "1.5"], "v")).toEqual(["1.5", "9", "10"]);
    expect(await of(["b", "B", "a"], "v")).toEqual(["B", "a", "b"]);
    expect(await of(["10.0.0.1", "9.0.0.1"], "v")).toEqual(["9.0.0.1", "10.0.0.1"]);
    expect(await of(["10", "9"], "str(v)")).toEqual(["10", "9"]);
    expect(await of([undefined, "1", "2"], "v")).toEqual(["1", "2", null]);
    expect(await of([undefined, "1", "2"], "-v")).toEqual(["2", "1", null]);
  });

  it("keeps the order of equal rows, and ten thousand of them", async () => {
    expect(
      await column("| sort k", "n", [
        { n: 1, k: 2 },
        { n: 2, k: 1 },
        { n: 3, k: 2 },
      ]),
    ).toEqual([2, 1, 3]);
    expect(await warnings("| sort n", numbered(10_001))).toEqual(["SPL211"]);
    expect(await column("| sort n | stats count", "count", numbered(10_001))).toEqual([10_000]);
    expect(await warnings("| sort 0 n", numbered(10_001))).toEqual([]);
  });
});

describe("limits warn", () => {
  it.each([
    ["| stats list(n)", numbered(101)],
    ["| join type=left k [ | makeresults count=2 | eval k=1 ]", [{ k: 1 }]],
    ["search [ | makeresults count=10001 | streamstats count as n | fields n ]", []],
    ["| append [ | makeresults count=50001 ] | stats count", []],
  ])("%s", async (search, events) => {
    expect(await warnings(search, events)).toEqual(["SPL211"]);
  });
});

describe("fields", () => {
  const events = [{ _time: 1, a: 1, ab: 2, b: 3 }];

  it.each([
    ["| table b a", [{ b: 3, a: 1 }], ["b", "a"]],
    ["| table a* nosuch", [{ a: 1, ab: 2 }], ["a", "ab", "nosuch"]],
    ["| fields b a", [{ b: 3, a: 1, _time: 1 }], ["b", "a", "_time"]],
    ["| fields - a*", [{ _time: 1, b: 3 }], ["_time", "b"]],
    ["| fields - _time a", [{ ab: 2, b: 3 }], ["ab", "b"]],
    ["| fields - *", [{ _time: 1 }], ["_time"]],
    ["| rename a as x, b as y", [{ _time: 1, ab: 2, x: 1, y: 3 }], ["_time", "ab", "x", "y"]],
    ["| rename a as b, b as a", [{ _time: 1, ab: 2, b: 1, a: 3 }], ["_time", "ab", "b", "a"]],
    ["| rename a* as c*", [{ _time: 1, b: 3, c: 1, cb: 2 }], ["_time", "b", "c", "cb"]],
    ["| rename nosuch as a", [{ _time: 1, ab: 2, b: 3 }], ["_time", "ab", "b"]],
    ["| stats sum(b) as s by a | rename a as x", [{ x: "1", s: 3 }], ["x", "s"]],
  ])("%s", async (search, expected, columns) => {
    expect(await rows(search, events)).toEqual(expected);
    expect((await runSpl(search, { events })).columns.map((c) => c.name)).toEqual(columns);
  });

  it("with different wildcards on both sides cannot be renamed", async () => {
    expect((await problem("| rename a*b* as c*"))[0]).toBe("SPL203");
  });
});

describe("join", () => {
  const left = [{ k: "a", v: "l", n: 1 }, { k: "A", n: 2 }, { n: 3 }];
  const right = '[ | makeresults count=2 | streamstats count as c | eval k="a", v="r".c | fields k v ]';

  it.each([
    [`| join k ${right}`, [{ n: 1, v: "r1" }]],
    [
      `| join max=0 k ${right}`,
      [
        { n: 1, v: "r1" },
        { n: 1, v: "r2" },
      ],
    ],
    [`| join type=left k ${right}`, [{ n: 1, v: "r1" }, { n: 2 }, { n: 3 }]],
    [`| join overwrite=f k ${right}`, [{ n: 1, v: "l" }]],
    [`| join type=outer n k ${right}`, [{ n: 1, v: "l" }, { n: 2 }, { n: 3 }]],
  ])("%s", async (search, expected) => {
    expect(await rows(`${search} | table n v`, left)).toEqual(expected);
  });
});

describe("rows from elsewhere", () => {
  it("are appended", async () => {
    const events = [{ a: 1 }, { a: 2 }];
    expect(await rows("| append [ | makeresults | eval b=3 | table b ]", events)).toEqual([
      { a: 1 },
      { a: 2 },
      { b: 3 },
    ]);
    expect(await rows("| appendpipe [ stats sum(a) as a | eval total=1 ]", events)).toEqual([
      { a: 1 },
      { a: 2 },
      { a: 3, total: 1 },
    ]);
    expect(await rows("| appendcols [ | makeresults | eval b=3 | table b ]", events)).toEqual([
      { a: 1, b: 3 },
      { a: 2 },
    ]);
    expect(await column("| union [ search a=1 ] [ search a=2 ]", "a", events)).toEqual([1, 2]);
    expect(await column("| multisearch [ search a=2 ] [ search a=1 ]", "a", events)).toEqual([2, 1]);
  });

  it("come from lookups, with case and all matches", async () => {
    const lookups = {
      "users.csv": [
        { user: "ann", team: "x" },
        { user: "ann", team: "y" },
        { user: "Bob", team: "z" },
      ],
    };
    const events = [{ name: "ann" }, { name: "bob", team: "own" }, { team: "kept" }];
    expect(await rows("| lookup users user as name OUTPUT team", events, { lookups })).toEqual([
      { name: "ann", team: ["x", "y"] },
      { name: "bob", team: "own" },
      { team: "kept" },
    ]);
    expect(await rows("| lookup users user as name OUTPUTNEW team as t2", events, { lookups })).toContainEqual({
      name: "ann",
      t2: ["x", "y"],
    });
    expect(await rows("| inputlookup users.csv where user=a*", [], { lookups })).toHaveLength(2);
    expect(await problem("| inputlookup nosuch")).toEqual(["SPL205", "inputlookup nosuch"]);
  });

  it("are made", async () => {
    expect(await rows("| makeresults count=2", [], { now: 5.5 })).toEqual([{ _time: 5 }, { _time: 5 }]);
    expect(await rows('| makeresults format=json data="[{\\"a\\":1,\\"m\\":[\\"x\\",\\"y\\"]}]"')).toEqual([
      { a: "1", m: ["x", "y"] },
    ]);
  });
});

describe("several values", () => {
  const events = [
    { id: 1, m: ["a", "b"], o: ["x", "y"] },
    { id: 2, m: "c" },
  ];

  it.each([
    [
      "| mvexpand m | table id m",
      [
        { id: 1, m: "a" },
        { id: 1, m: "b" },
        { id: 2, m: "c" },
      ],
    ],
    [
      "| mvexpand limit=1 m | table id m",
      [
        { id: 1, m: "a" },
        { id: 2, m: "c" },
      ],
    ],
    ["| nomv m | table m", [{ m: "a\nb" }, { m: "c" }]],
    ['| makemv delim="," s', [{ ...events[0] }, { ...events[1] }]],
    ["| mvexpand m | fields - o | eval id=1 | mvcombine m | table m", [{ m: ["a", "b", "c"] }]],
  ])("%s", async (search, expected) => {
    expect(await rows(search, events)).toEqual(expected);
  });

  it("of rows without the field stay, with a warning", async () => {
    expect(await warnings("| mvexpand nosuch", events)).toEqual(["SPL212"]);
  });

  it("are parted", async () => {
    expect(await column('| makemv delim=":" s', "s", [{ s: "a::b" }])).toEqual([["a", "b"]]);
    expect(await column('| makemv delim=":" allowempty=t s', "s", [{ s: "a::b" }])).toEqual([["a", "", "b"]]);
  });
});

describe("other commands", () => {
  it.each([
    ["| dedup a", [{ a: 1, b: 1 }]],
    ["| dedup a keepempty=t", [{ a: 1, b: 1 }, { b: 3 }]],
    [
      "| dedup 2 a",
      [
        { a: 1, b: 1 },
        { a: 1, b: 2 },
      ],
    ],
    ["| head 1", [{ a: 1, b: 1 }]],
    ["| head (b<2)", [{ a: 1, b: 1 }]],
    ["| tail 2", [{ b: 3 }, { a: 1, b: 2 }]],
    ["| reverse | head 1", [{ b: 3 }]],
    [
      "| fillnull",
      [
        { a: 1, b: 1 },
        { a: 1, b: 2 },
        { a: "0", b: 3 },
      ],
    ],
    ["| fillnull value=x c | head 1", [{ a: 1, b: 1, c: "x" }]],
    ["| filldown a | tail 1", [{ a: 1, b: 3 }]],
    ["| replace 1 with one in a | head 1", [{ a: "one", b: 1 }]],
    ["| bin span=2 b | fields b", [{ b: "0-2" }, { b: "2-4" }, { b: "2-4" }]],
    ["| delta b as d | fields d", [{}, { d: 1 }, { d: 1 }]],
    ["| accum b as t | fields t", [{ t: 1 }, { t: 3 }, { t: 6 }]],
    ["| addtotals a b | fields Total", [{ Total: 2 }, { Total: 3 }, { Total: 3 }]],
    ["| stats count by b | xyseries count b b", [{ count: "1", 1: "1", 2: "2", 3: "3" }]],
    [
      "| head 1 | transpose",
      [
        { column: "a", "row 1": 1 },
        { column: "b", "row 1": 1 },
      ],
    ],
    ["| format", [{ search: '( ( a="1" AND b="1" ) OR ( a="1" AND b="2" ) OR ( b="3" ) )' }]],
    ["| return 2 a $b", [{ search: '(a="1" 1) OR (a="1" 2)' }]],
    ["| collect index=summary | head 1", [{ a: 1, b: 1 }]],
  ])("%s", async (search, expected) => {
    expect(await rows(search, [{ a: 1, b: 1 }, { a: 1, b: 2 }, { b: 3 }])).toEqual(expected);
  });

  it("replace takes the star along", async () => {
    expect(await column('| replace "::ffff:*" with * in ip', "ip", [{ ip: "::ffff:1.2.3.4" }])).toEqual(["1.2.3.4"]);
  });

  it("map runs a search for each row", async () => {
    expect(await rows('| map search="search b=$a$ | fields b"', [{ a: 1 }, { b: 1 }, { b: 2 }])).toEqual([{ b: 1 }]);
  });

  it("transaction joins events of one key", async () => {
    const events = [
      { _time: 1, s: "x", step: "in" },
      { _time: 4, s: "x", step: "out" },
      { _time: 100, s: "x", step: "in" },
      { _time: 2, s: "y", step: "in" },
    ];
    expect(await rows("search s=* | transaction s maxpause=50s | table s step duration eventcount", events)).toEqual([
      { s: "x", step: "in", duration: 0, eventcount: 1 },
      { s: "y", step: "in", duration: 0, eventcount: 1 },
      { s: "x", step: ["in", "out"], duration: 3, eventcount: 2 },
    ]);
    expect(
      await rows(
        "search s=* | transaction s startswith=(step=in) endswith=(step=out) | table _time eventcount",
        events,
      ),
    ).toEqual([{ _time: 1, eventcount: 2 }]);
  });
});

import { describe, expect, it } from "vitest";
import { column, problem, rows, warnings } from "./run.ts";

const ids = (search: string, events: Iterable<object>): Promise<unknown[]> => column(search, "id", events);

describe("search compares texts without case", () => {
  const events = [
    { id: 1, f: "NET.exe", n: "1" },
    { id: 2, f: "net1.exe", n: "1.0" },
    { id: 3, n: "10" },
    { id: 4, f: "", n: "abc" },
  ];

  it.each([
    ["f=net.exe", [1]],
    ["f=net*", [1, 2]],
    ["f=*.EXE", [1, 2]],
    ["f=n*t*.e*e", [1, 2]],
    ["f=*", [1, 2, 4]],
    ["NOT f=*", [3]],
    ["f!=net.exe", [2, 4]],
    ["NOT f=net.exe", [2, 3, 4]],
    ['f=""', [4]],
    ["f IN (net.exe, NET1*)", [1, 2]],
    ["NOT f IN (net.exe, net1*)", [3, 4]],
    ["n=1", [1]],
    ["n<2", [1, 2]],
    ["n>9", [3, 4]],
    ["f=net.exe OR f=net1.exe n=1", [1]],
    ["f=CASE(net1.exe) OR f=CASE(net.exe)", [2]],
    ["nosuch!=x", []],
    ["*", [1, 2, 3, 4]],
  ])("%s", async (terms, expected) => {
    expect(await ids(`| search ${terms}`, events)).toEqual(expected);
  });
});

it("takes a network as a set of addresses, in both families", async () => {
  const events = [
    { id: 1, ip: "10.1.2.3" },
    { id: 2, ip: "11.1.2.3" },
    { id: 3, ip: "fe80::1" },
    { id: 4, ip: "10.1.2.300" },
  ];
  expect(await ids("| search ip=10.0.0.0/8", events)).toEqual([1]);
  expect(await ids('| search ip="fe80::/10"', events)).toEqual([3]);
});

it("is met by any of several values", async () => {
  const events = [{ id: 1, m: ["a", "b"] }, { id: 2, m: "b" }, { id: 3 }];
  expect(await ids("| search m=A", events)).toEqual([1]);
  expect(await ids("| search m!=b", events)).toEqual([1]);
  expect(await ids("| search NOT m=b", events)).toEqual([3]);
});

describe("words in the raw text", () => {
  const events = [
    { id: 1, _raw: 'cmd.exe /c "net use" user=Bob' },
    { id: 2, _raw: "internet usage, netstat" },
    { id: 3, _raw: "10.0.0.1 net-use" },
  ];

  it.each([
    ["net", [1, 3]],
    ["net*", [1, 2, 3]],
    ["*net", [1, 2, 3]],
    ['"net use"', [1]],
    ["NET use", [1, 3]],
    ["TERM(net-use)", [3]],
    ["TERM(net)", [1]],
    ["CASE(bob)", []],
    ["CASE(Bob)", [1]],
    ["NOT net", [2]],
    ["10.0.0.1", [3]],
    ["0.0.1", [3]],
    ["TERM(0.0.1)", []],
    ["us*ge", [2]],
  ])("%s", async (terms, expected) => {
    expect(await ids(`| search ${terms}`, events)).toEqual(expected);
  });

  it("are gone when the raw text is", async () => {
    expect(await rows("net | table id | search net", events)).toEqual([]);
  });

  it("are looked for in the fields of an event that came without a raw text", async () => {
    expect(
      await ids("| search net.exe", [
        { id: 1, path: "C:\\Windows\\net.exe" },
        { id: 2, path: "internet.exe" },
      ]),
    ).toEqual([1]);
  });
});

describe("events", () => {
  const events = [{ id: 1, _time: 100 }, { id: 2, _time: "1970-01-01T00:05:00.25Z" }, { id: 3 }, { id: 4, _time: 200 }];

  it("come newest first", async () => {
    expect(await ids("search *", events)).toEqual([2, 4, 1, 3]);
    expect(await column("search id=2", "_time", events)).toEqual([300.25]);
  });

  it("stay as given for a first command that is no search", async () => {
    expect(await ids("| table id", events)).toEqual([1, 2, 3, 4]);
  });

  it.each([
    ["earliest=200", [2, 4]],
    ["latest=200", [1]],
    ["earliest=100 latest=300", [4, 1]],
    ["earliest=-250s@m id!=9", [2, 4]],
    ['earliest="01/01/1970:00:03:00"', [2, 4]],
  ])("in the range of %s", async (terms, expected) => {
    expect(await column(`search ${terms}`, "id", events, { now: 400 })).toEqual(expected);
  });

  it("have objects under their paths", async () => {
    const nested = { a: { b: { c: 1 }, d: null }, list: [{ x: "p" }, { x: "q" }], flags: [true, false] };
    expect(await rows("| table *", [nested])).toEqual([
      { "a.b.c": 1, "list{}.x": ["p", "q"], flags: ["true", "false"] },
    ]);
  });

  it("without a field that selects are warned of", async () => {
    expect(await warnings("sourcetype=x id=1", [{ id: 1 }])).toEqual(["SPL213"]);
    expect(await warnings("sourcetype=x id=1", [{ sourcetype: "y" }])).toEqual([]);
  });

  it("lie in the index main unless they say otherwise", async () => {
    expect(await ids("index=main", [{ id: 1 }, { id: 2, index: "other" }])).toEqual([1]);
    expect(await ids("index=*", [{ id: 1 }, { id: 2, index: "other" }])).toEqual([1, 2]);
  });
});

describe("a subsearch", () => {
  const events = [
    { id: 1, user: "Ann", host: "a" },
    { id: 2, user: "bob", host: "b" },
    { id: 3, host: "c" },
  ];
  const ann = '| makeresults | eval user="ann"';

  it("stands for its rows, compared like written values", async () => {
    expect(await ids(`search [ ${ann} | fields user ]`, events)).toEqual([1]);
    expect(await ids(`search NOT [ ${ann} | fields user ]`, events)).toEqual([2, 3]);
    expect(await ids(`search [ ${ann}, host="b" | fields user host ]`, events)).toEqual([]);
    expect(await ids('search [ | makeresults | eval user="a*" | fields user ]', events)).toEqual([1]);
  });

  it("without rows matches nothing, and NOT of it everything", async () => {
    expect(await ids(`search [ ${ann} | where 1=2 | fields user ]`, events)).toEqual([]);
    expect(await ids(`search NOT [ ${ann} | where 1=2 | fields user ]`, events)).toEqual([1, 2, 3]);
  });

  it("that returns or formats gives a text", async () => {
    expect(await ids(`search [ ${ann} | return user ]`, events)).toEqual([1]);
    expect(await ids(`search user=[ ${ann} | return $user ]`, events)).toEqual([1]);
    expect(
      await ids(`search [ ${ann} | append [ | makeresults | eval host="c" ] | fields user host | format ]`, events),
    ).toEqual([1, 3]);
    expect(await ids("| where id=[ | makeresults | eval n=2 | return $n ]", events)).toEqual([2]);
  });

  it("keeps a quote inside its value", async () => {
    const quoted = [
      { id: 1, c: 'say "hi"\\' },
      { id: 2, c: "say" },
    ];
    expect(await ids("search [ | table c | head 1 | format ]", quoted)).toEqual([1]);
  });
});

it("says where something has no meaning", async () => {
  expect(await problem("search a=1 OR earliest=-1d")).toEqual(["SPL203", "earliest=-1d"]);
  expect(await problem("search earliest=soon")).toEqual(["SPL203", "earliest=soon"]);
  expect(await problem("search PREFIX(a)")).toEqual(["SPL203", "PREFIX(a)"]);
});

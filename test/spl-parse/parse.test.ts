import { describe, expect, it } from "vitest";
import { validateGrammar } from "#grammar/spl";
import { parseSplText } from "../../src/spl/parse.ts";
import { commandOf, evaluated, pipelineOf, searched } from "./reading.ts";

it("the grammar has no ambiguity that Chevrotain can find", () => {
  expect(() => validateGrammar()).not.toThrow();
});

describe("conditions of the search language", () => {
  it.each([
    // OR binds tighter than AND, whether it is written or not; NOT binds tightest
    ["a=1 OR b=2 c=3", "[[a=<1> or b=<2>] and c=<3>]"],
    ["a=1 OR b=2 AND c=3", "[[a=<1> or b=<2>] and c=<3>]"],
    ["a b AND c OR d", "[a and b and [c or d]]"],
    ["NOT a OR b", "[[not a] or b]"],
    ["NOT NOT a", "[not [not a]]"],
    ["(a b) OR c", "[[a and b] or c]"],
    ["((a))", "a"],
    ["NOT (a OR b) c", "[[not [a or b]] and c]"],
    // comparisons
    ["a = 1 b!=2 c<3 d<=4 e>5 f>=6", "[a=<1> and b!=<2> and c<<3> and d<=<4> and e><5> and f>=<6>]"],
    ['"a b"="c d"', "a b=<c d>"],
    ["Processes.process=*\\\\temp\\\\* user!=*$", "[Processes.process=<*\\temp\\*> and user!=<*$>]"],
    ['p="*\\system" q="\\"x\\"" r="a\\|b" s="C:\\\\"', '[p=<*\\system> and q=<"x"> and r=<a|b> and s=<C:\\>]'],
    ["a{}.b=1 k8s.io/x=y x:y=z", "[a{}.b=<1> and k8s.io/x=<y> and x:y=<z>]"],
    ["search=1", "search=<1>"],
    // lists
    ['a IN (1, "b c",d*)', "a in <1|b c|d*>"],
    ["NOT a IN(1)", "[not a in <1>]"],
    ["a IN (`list`) b=`value` c=[search x]", "[a IN macro list and b = macro value and c = search of 1]"],
    // words, phrases, and words that only look like more
    ['error fail* "a phrase" 10.0.0.1', '[error and fail* and "a phrase" and 10.0.0.1]'],
    ["it's in by as where", '["it\'s" and "in" and "by" and "as" and "where"]'],
    ["TERM(10.0.0.1) CASE(Net) host=CASE(Web)", "[TERM(10.0.0.1) and CASE(Net) and host=CASE(Web)]"],
    ["TERM(a=b,c) term(x)", "[TERM(a=b,c) and term and x]"],
    // time
    [
      "earliest=-7d@d latest=now() _index_earliest=-1h",
      "[earliest=<-7d@d> and latest=<now()> and _index_earliest=<-1h>]",
    ],
    // macros and searches in brackets
    [
      "`sysmon` EventCode=1 [search x | fields y] NOT [| inputlookup t]",
      "[macro sysmon and EventCode=<1> and search of 2 and [not search of 1]]",
    ],
  ])("%s", (text, tree) => {
    expect(searched(text)).toBe(tree);
  });

  it("the command's name may be written", () => {
    expect(searched("search a b")).toBe("[a and b]");
    expect(searched("x | head 1 | SEARCH a b")).toBe("x");
    expect(commandOf("x | SEARCH a")).toEqual({ kind: "search", expr: { kind: "term", text: "a", quoted: false } });
  });
});

describe("expressions of eval", () => {
  it.each([
    // NOT, then comparison inside it, then AND, OR, XOR
    ["a=1 OR b=2 AND c=3", "[['a' == 1] or [['b' == 2] and ['c' == 3]]]"],
    ["a xor b or c and not d", "['a' xor ['b' or ['c' and [not 'd']]]]"],
    ["NOT a=1 AND b", "[[not ['a' == 1]] and 'b']"],
    ["a AND (b AND c)", "['a' and ['b' and 'c']]"],
    // arithmetic
    ["a+b*c-d/e%f", "[['a' + ['b' * 'c']] - [['d' / 'e'] % 'f']]"],
    ["-a*b - -1", "[[[- 'a'] * 'b'] - [- 1]]"],
    ["a.b.c + 1", "[[['a' . 'b'] . 'c'] + 1]"],
    ["1 . 2 + .5", "[[1 . 2] + 0.5]"],
    ["a-b == -c", "[['a' - 'b'] == [- 'c']]"],
    ["1.50 + 1e3", "[1.50 + 1e3]"],
    // comparisons
    ["a==b != c<=d", "[[['a' == 'b'] != 'c'] <= 'd']"],
    ['a LIKE "x%" OR like(b, "y")', "[['a' LIKE \"x%\"] or like('b', \"y\")]"],
    ['status IN ("400", 5)', "['status' in \"400\"|5]"],
    ['"1.2.3.4" in(ip1, ip2)', "[\"1.2.3.4\" in 'ip1'|'ip2']"],
    ['in(a, "b") AND NOT x IN (1)', "[in('a', \"b\") and [not ['x' in 1]]]"],
    // names and texts
    ["'a b'=\"c d\"", "['a b' == \"c d\"]"],
    ["'targetResources{}.id'='it\\'s'", "['targetResources{}.id' == 'it's']"],
    ['match(x, "a\\.b\\\\\\\\c\\d\\"")', 'match(\'x\', "a\\.b\\\\c\\d"")'],
    ["4688_count>1 AND naïve=2", "[['4688_count' > 1] and ['naïve' == 2]]"],
    ["IF (IsNull(a), null(), CASE(true(),b))", "if(isnull('a'), null(), case(true(), 'b'))"],
    ["<<FIELD>>='<<FIELD>>'", "[<<FIELD>> == '<<FIELD>>']"],
    ["x >= `limit` AND y=[search z | return $w]", "[['x' >= macro limit] and ['y' == search of 2]]"],
  ])("%s", (text, tree) => {
    expect(evaluated(text)).toBe(tree);
  });
});

describe("pipelines", () => {
  const kinds = (text: string): readonly string[] => pipelineOf(text).commands.map((c) => c.kind);

  it("begin with terms or with a pipe", () => {
    expect(kinds("index=a | stats count | sort -count")).toEqual(["search", "stats", "sort"]);
    expect(kinds("| tstats count where index=a|table x")).toEqual(["tstats", "table"]);
    expect(kinds("| search a")).toEqual(["search"]);
  });

  it("a macro at the beginning is a condition, after a pipe a stage", () => {
    expect(kinds("`sysmon` | `filter`")).toEqual(["search", "macro"]);
    expect(kinds("x [ `list` ] | append [ `list` | head 1 ]")).toEqual(["search", "append"]);
    expect(commandOf('x | `f(a, "b, c", "d \\"e\\"")`')).toEqual({
      kind: "macro",
      macro: { kind: "macro", name: "f", args: ["a", '"b, c"', '"d \\"e\\""'] },
    });
  });

  it("comments stand before the command that they are in", () => {
    expect(kinds("```a``` x ```b``` y ```c``` | head 1 ```d```")).toEqual([
      "comment",
      "comment",
      "search",
      "comment",
      "head",
      "comment",
    ]);
    const [append] = pipelineOf("| append [ search x ```inner``` | head 1 ] ```outer```").commands;
    expect(append?.kind === "append" ? append.search.commands.map((c) => c.kind) : []).toEqual([
      "search",
      "comment",
      "head",
    ]);
  });

  it("have places in the text", () => {
    const text = "x=1 | where len(a)>2 | join k [ search y ]";
    const [search, where, join] = pipelineOf(text).commands;
    const slice = (span?: { readonly start: number; readonly end: number }): string =>
      span === undefined ? "" : text.slice(span.start, span.end);
    expect(slice(search?.span)).toBe("x=1");
    expect(slice(where?.span)).toBe("where len(a)>2");
    expect(where?.kind === "where" && where.expr.kind === "binary" ? slice(where.expr.left.span) : "").toBe("len(a)");
    expect(slice(join?.kind === "join" ? join.search.commands[0]?.span : undefined)).toBe("search y");
  });

  it("a command of which a macro hides the arguments is kept as it is written", () => {
    expect(commandOf("x | stats `aggregates` by `keys`")).toEqual({
      kind: "other",
      name: "stats",
      text: "`aggregates` by `keys`",
    });
    expect(commandOf("x | eval `assignments`")).toEqual({ kind: "other", name: "eval", text: "`assignments`" });
    expect(commandOf("x | `begin`  by \n host")).toEqual({ kind: "other", name: "`begin`", text: "by host" });
  });

  it("what is not known is kept and reported", () => {
    const { pipeline, diagnostics } = parseSplText('x | frobnicate  a=(b)\n [ search c | d "e  f" ] | head 1');
    expect(diagnostics.map((d) => [d.code, d.severity, d.line, d.column])).toEqual([["SPL007", "warning", 1, 5]]);
    expect(pipeline?.commands[1]).toMatchObject({
      kind: "other",
      name: "frobnicate",
      text: 'a=(b) [ search c | d "e  f" ]',
    });
  });
});

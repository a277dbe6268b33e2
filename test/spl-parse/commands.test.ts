import { expect, it } from "vitest";
import { commandOf } from "./reading.ts";

const option = (name: string, value: string) => ({ kind: "option", name, value });
const aggregation = (f: string, field: string | null, as: string | null = null) => ({
  function: f,
  argument: field === null ? null : { kind: "field", name: field },
  as,
});
const compare = (field: string, value: string) => ({ kind: "compare", field, operator: "=", value });
const one = { kind: "number", text: "1" };
const inner = { kind: "pipeline", commands: [{ kind: "search", expr: compare("x", "1") }] };

it.each<[string, unknown]>([
  [
    "where a=1",
    { kind: "where", expr: { kind: "binary", operator: "==", left: { kind: "field", name: "a" }, right: one } },
  ],
  [
    "eval a=1, \"b c\"=1, d.e=1, f-g=1, {h}=1, <<FIELD>>=1, 'i j'=1,",
    {
      kind: "eval",
      assignments: ["a", "b c", "d.e", "f-g", "{h}", "<<FIELD>>", "i j"].map((field) => ({ field, value: one })),
    },
  ],
  [
    "STATS allnum=t count, dc(a.b) AS n values(*) as * count(eval(x=1)) as e by u, v dedup_splitvals=true",
    {
      kind: "stats",
      options: [option("allnum", "t"), option("dedup_splitvals", "true")],
      aggregations: [
        aggregation("count", null),
        aggregation("dc", "a.b", "n"),
        aggregation("values", "*", "*"),
        {
          function: "count",
          argument: {
            kind: "eval",
            expr: { kind: "binary", operator: "==", left: { kind: "field", name: "x" }, right: one },
          },
          as: "e",
        },
      ],
      by: ["u", "v"],
    },
  ],
  [
    "stats values(a) as b(c) by d(e)",
    { kind: "stats", options: [], aggregations: [aggregation("values", "a", "b(c)")], by: ["d(e)"] },
  ],
  [
    "streamstats window=2 current=f last(x) as p by s",
    {
      kind: "streamstats",
      options: [option("window", "2"), option("current", "f")],
      aggregations: [aggregation("last", "x", "p")],
      by: ["s"],
    },
  ],
  [
    "tstats `summaries` count min(_time) as t from datamodel=Endpoint.Processes where `p` AND (a=b) by _time span=1h, Processes.user summariesonly",
    {
      kind: "tstats",
      options: [{ kind: "macro", name: "summaries", args: [] }],
      aggregations: [aggregation("count", null), aggregation("min", "_time", "t")],
      dataModel: "Endpoint.Processes",
      where: { kind: "and", operands: [{ kind: "macro", name: "p", args: [] }, compare("a", "b")] },
      by: [
        { field: "_time", span: "1h" },
        { field: "Processes.user", span: null },
        { field: "summariesonly", span: null },
      ],
    },
  ],
  [
    "mstats avg(cpu.*) as cpu.* where index=m earliest=-1h by host span=10s",
    {
      kind: "mstats",
      options: [],
      aggregations: [aggregation("avg", "cpu.*", "cpu.*")],
      where: { kind: "and", operands: [compare("index", "m"), compare("earliest", "-1h")] },
      by: ["host"],
      timespan: "10s",
    },
  ],
  [
    "mstats count(x) where index=m span=30s",
    {
      kind: "mstats",
      options: [],
      aggregations: [aggregation("count", "x")],
      where: compare("index", "m"),
      by: [],
      timespan: "30s",
    },
  ],
  [
    "timechart span=1h limit=0 count by host useother=f where max in top5",
    {
      kind: "timechart",
      options: [option("span", "1h"), option("limit", "0"), option("useother", "f")],
      aggregations: [aggregation("count", null)],
      over: null,
      by: { field: "host", options: [] },
      where: "max in top5",
    },
  ],
  [
    "chart sum(x) over _time span=1d by b limit=3",
    {
      kind: "chart",
      options: [option("limit", "3")],
      aggregations: [aggregation("sum", "x")],
      over: { field: "_time", options: [option("span", "1d")] },
      by: { field: "b", options: [] },
      where: null,
    },
  ],
  [
    "chart count by a b",
    {
      kind: "chart",
      options: [],
      aggregations: [aggregation("count", null)],
      over: { field: "a", options: [] },
      by: { field: "b", options: [] },
      where: null,
    },
  ],
  ["table a, b.c d*", { kind: "table", fields: ["a", "b.c", "d*"] }],
  ["fields - a, b", { kind: "fields", mode: "-", fields: ["a", "b"] }],
  ["fields -a b", { kind: "fields", mode: "-", fields: ["a", "b"] }],
  ["fields + a", { kind: "fields", mode: "+", fields: ["a"] }],
  ['fields "-a" count(x)', { kind: "fields", mode: "+", fields: ["-a", "count(x)"] }],
  [
    'rename Processes.* as *, count(x) AS "the count" c as d,',
    {
      kind: "rename",
      pairs: [
        { from: "Processes.*", to: "*" },
        { from: "count(x)", to: "the count" },
        { from: "c", to: "d" },
      ],
    },
  ],
  [
    "dedup 2 s, h keepempty=true sortby -size, +num(n)",
    {
      kind: "dedup",
      count: 2,
      fields: ["s", "h"],
      options: [option("keepempty", "true")],
      sortby: [
        { field: "size", descending: true, type: null },
        { field: "n", descending: false, type: "num" },
      ],
    },
  ],
  ["dedup k", { kind: "dedup", count: null, fields: ["k"], options: [] }],
  [
    "sort 0 - a, b -ip(c), + d -count(e)",
    {
      kind: "sort",
      limit: 0,
      keys: [
        { field: "a", descending: true, type: null },
        { field: "b", descending: false, type: null },
        { field: "c", descending: true, type: "ip" },
        { field: "d", descending: false, type: null },
        { field: "count(e)", descending: true, type: null },
      ],
    },
  ],
  [
    "sort limit=5 a -b desc",
    {
      kind: "sort",
      limit: 5,
      keys: [
        { field: "a", descending: true, type: null },
        { field: "b", descending: false, type: null },
      ],
    },
  ],
  ["sort d", { kind: "sort", limit: null, keys: [{ field: "d", descending: false, type: null }] }],
  ["head", { kind: "head", limit: 10 }],
  ["tail limit=3", { kind: "tail", limit: 3 }],
  [
    "head (n<1) null=false keeplast=true",
    {
      kind: "headwhile",
      condition: { kind: "binary", operator: "<", left: { kind: "field", name: "n" }, right: one },
      options: [option("null", "false"), option("keeplast", "true")],
    },
  ],
  [
    "top limit=20 showperc=f a, b by c",
    { kind: "top", limit: 20, options: [option("showperc", "f")], fields: ["a", "b"], by: ["c"] },
  ],
  ["rare 5 a", { kind: "rare", limit: 5, options: [], fields: ["a"], by: [] }],
  [
    'rex field=_raw max_match=0 "(?<a>\\d+)\\\\\\\\"',
    { kind: "rex", field: "_raw", options: [option("max_match", "0")], pattern: "(?<a>\\d+)\\\\" },
  ],
  ['rex mode=sed "s/a/b/g"', { kind: "rex", field: null, options: [option("mode", "sed")], pattern: "s/a/b/g" }],
  ['regex process = "(/d\\s+2)"', { kind: "regex", field: "process", negated: false, pattern: "(/d\\s+2)" }],
  ['regex a!="x"', { kind: "regex", field: "a", negated: true, pattern: "x" }],
  ['regex "x"', { kind: "regex", field: null, negated: false, pattern: "x" }],
  [
    'replace "a*" with *, "b" WITH "c d" in x, y',
    {
      kind: "replace",
      pairs: [
        { from: "a*", to: "*" },
        { from: "b", to: "c d" },
      ],
      fields: ["x", "y"],
    },
  ],
  [
    'makemv delim=":" allowempty=t foo',
    { kind: "makemv", options: [option("delim", ":"), option("allowempty", "t")], field: "foo" },
  ],
  ['mvcombine delim="," host', { kind: "mvcombine", delim: ",", field: "host" }],
  ["mvexpand c limit=2", { kind: "mvexpand", field: "c", limit: 2 }],
  ["nomv c", { kind: "nomv", field: "c" }],
  ['fillnull value="" a, b', { kind: "fillnull", value: "", fields: ["a", "b"] }],
  ["fillnull", { kind: "fillnull", value: null, fields: [] }],
  ["filldown a b", { kind: "filldown", fields: ["a", "b"] }],
  ["makeresults count=5 annotate=t", { kind: "makeresults", options: [option("count", "5"), option("annotate", "t")] }],
  ["append maxout=10 [search x=1]", { kind: "append", options: [option("maxout", "10")], search: inner }],
  ["appendpipe [search x=1]", { kind: "appendpipe", options: [], search: inner }],
  ["appendcols override=t [search x=1]", { kind: "appendcols", options: [option("override", "t")], search: inner }],
  [
    "join type=left max=0 a, b [search x=1]",
    { kind: "join", options: [option("type", "left"), option("max", "0")], fields: ["a", "b"], search: inner },
  ],
  [
    "join a type=inner[|search x=1]",
    { kind: "join", options: [option("type", "inner")], fields: ["a"], search: inner },
  ],
  [
    "union datamodel:Web, [search x=1]",
    {
      kind: "union",
      options: [],
      datasets: [
        { kind: "dataset", name: "datamodel:Web" },
        { kind: "subsearch", search: inner },
      ],
    },
  ],
  [
    "multisearch [search x=1] [search x=1]",
    {
      kind: "multisearch",
      options: [],
      datasets: [
        { kind: "subsearch", search: inner },
        { kind: "subsearch", search: inner },
      ],
    },
  ],
  [
    "foreach a* b [eval <<FIELD>>=1]",
    {
      kind: "foreach",
      options: [],
      fields: ["a*", "b"],
      search: { kind: "pipeline", commands: [{ kind: "eval", assignments: [{ field: "<<FIELD>>", value: one }] }] },
    },
  ],
  [
    'lookup update=true t k as f, l OUTPUTNEW a as "b c", d',
    {
      kind: "lookup",
      options: [option("update", "true")],
      table: "t",
      match: [
        { field: "k", as: "f" },
        { field: "l", as: null },
      ],
      output: {
        keyword: "OUTPUTNEW",
        fields: [
          { field: "a", as: "b c" },
          { field: "d", as: null },
        ],
      },
    },
  ],
  ["lookup t k", { kind: "lookup", options: [], table: "t", match: [{ field: "k", as: null }], output: null }],
  [
    "inputlookup append=t t.csv where a=1 OR b",
    {
      kind: "inputlookup",
      options: [option("append", "t")],
      table: "t.csv",
      where: { kind: "or", operands: [compare("a", "1"), { kind: "term", text: "b", quoted: false }] },
    },
  ],
  ["outputlookup t append=t", { kind: "outputlookup", options: [option("append", "t")], table: "t" }],
  ["BUCKET _time span=5m AS t", { kind: "bin", options: [option("span", "5m")], field: "_time", as: "t" }],
  [
    'convert timeformat="%Y" ctime(a) AS b num(c)',
    {
      kind: "convert",
      timeformat: "%Y",
      conversions: [
        { function: "ctime", field: "a", as: "b" },
        { function: "num", field: "c", as: null },
      ],
    },
  ],
  ["spath input=f output=x path=a{0}.b", { kind: "spath", input: "f", output: "x", path: "a{0}.b" }],
  ["spath output=x a.b", { kind: "spath", input: null, output: "x", path: "a.b" }],
  [
    'format maxresults=5 "(" "(" "AND" ")" "OR" ")"',
    { kind: "format", options: [option("maxresults", "5")], words: ["(", "(", "AND", ")", "OR", ")"] },
  ],
  [
    "return 10 a $b c=d",
    {
      kind: "return",
      limit: 10,
      fields: [
        { field: "a", as: null, valueOnly: false },
        { field: "b", as: null, valueOnly: true },
        { field: "d", as: "c", valueOnly: false },
      ],
    },
  ],
  [
    'transaction a, b startsWith=(x=1) endswith="bye" maxspan=2m',
    {
      kind: "transaction",
      fields: ["a", "b"],
      options: [option("maxspan", "2m")],
      startswith: { kind: "search", expr: compare("x", "1") },
      endswith: { kind: "search", expr: { kind: "term", text: "bye", quoted: true } },
    },
  ],
  [
    "transaction a endswith=eval(x=1)",
    {
      kind: "transaction",
      fields: ["a"],
      options: [],
      startswith: null,
      endswith: {
        kind: "eval",
        expr: { kind: "binary", operator: "==", left: { kind: "field", name: "x" }, right: one },
      },
    },
  ],
  ["iplocation prefix=i_ src", { kind: "iplocation", options: [option("prefix", "i_")], field: "src" }],
  ["from datamodel:Web.Web", { kind: "from", source: "datamodel", name: "Web.Web" }],
  ["from datamodel Alerts.Alerts", { kind: "from", source: "datamodel", name: "Alerts.Alerts" }],
  ["datamodel Web Web search", { kind: "datamodel", model: "Web", dataset: "Web", mode: "search", options: [] }],
  ["collect index=summary", { kind: "plain", name: "collect", args: [option("index", "summary")] }],
  [
    "apply m threshold=0.1",
    { kind: "plain", name: "apply", args: [{ kind: "word", text: "m" }, option("threshold", "0.1")] },
  ],
  [
    "sendalert notable param.x=1",
    { kind: "plain", name: "sendalert", args: [{ kind: "word", text: "notable" }, option("param.x", "1")] },
  ],
  [
    "map maxsearches=2 [search x=1]",
    { kind: "plain", name: "map", args: [option("maxsearches", "2"), { kind: "subsearch", search: inner }] },
  ],
  // pieces that touch would come apart
  ['fit x="a"b"c"', { kind: "other", name: "fit", text: 'x="a"b"c"' }],
  ["geostats count by  a", { kind: "other", name: "geostats", text: "count by a" }],
])("%s", (text, tree) => {
  expect(commandOf(`| ${text}`)).toEqual(tree);
});

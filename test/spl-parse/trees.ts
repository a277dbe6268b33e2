import fc, { type Arbitrary } from "fast-check";
import { isBareTerm } from "../../src/spl/quote.ts";
import type {
  Aggregation,
  Command,
  EvalExpr,
  LookupField,
  Macro,
  Option,
  Pipeline,
  SearchExpr,
  SortField,
  SplitField,
  Subsearch,
} from "../../src/spl/tree.ts";

// Any tree that a text can stand for. What no text says apart is left out, such as a group of one operand.

const hostile = [
  '"',
  "\\",
  "'",
  "`",
  "|",
  "[",
  "]",
  "(",
  ")",
  "*",
  "=",
  "!",
  ",",
  "$",
  "\n",
  "\t",
  " ",
  "#",
  "<",
  "%",
  "é",
  "日",
  "```",
  "NOT",
  "by",
  '\\"',
];
/** Any text. */
export const text = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "net.exe",
      "C:\\Windows\\",
      "a b",
      "10",
      "*",
      "x*",
      "",
      "AND",
      "by",
      "-7d@d",
      '(?i)\\bnet\\d \\\\ x\\.y"',
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom(...hostile), fc.string({ maxLength: 3 })), { maxLength: 5 })
      .map((parts) => parts.join("")),
  },
);
const name = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "user",
      "_time",
      "Processes.process",
      "a{}.b",
      "src-ip",
      "*",
      "values*",
      "10",
      "-x",
      "+y",
      "d",
      "desc",
      "search",
      "eval",
      "where",
      "x:y",
      "count(x)",
      "true",
    ),
  },
  { weight: 1, arbitrary: text },
);
const names = fc.array(name, { minLength: 1, maxLength: 4 });
const word = fc.constantFrom("a", "foo", "x_1", "limits", "eval_1");
const functionName = fc.constantFrom("count", "values", "dc", "perc95", "c");
const evalFunction = fc.constantFrom("if", "match", "replace", "case", "like", "in", "xor", "true", "mvmap");
const count = fc.nat(1_000_000_000);
const orNull = <T>(arbitrary: Arbitrary<T>): Arbitrary<T | null> => fc.option(arbitrary, { nil: null });
const some = <T>(arbitrary: Arbitrary<T>, minLength = 1): Arbitrary<T[]> =>
  fc.array(arbitrary, { minLength, maxLength: 3 });

const macro: Arbitrary<Macro> = fc.record({
  kind: fc.constant("macro"),
  name: fc.constantFrom("sysmon", "drop_dm_object_name", "m-1"),
  args: fc.array(fc.constantFrom("x", "Processes.*", '"a, b"', '"say \\"x\\""', "1"), { maxLength: 2 }),
});
const option: Arbitrary<Option> = fc.record({
  kind: fc.constant("option"),
  name: fc.constantFrom("allnum", "keepempty", "max_match", "append", "window"),
  value: text,
});
const options = fc.array(option, { maxLength: 2 });
const binOption: Arbitrary<Option> = fc.record({
  kind: fc.constant("option"),
  name: fc.constantFrom("span", "bins", "aligntime"),
  value: text,
});
const wordOption: Arbitrary<Option> = fc.record({
  kind: fc.constant("option"),
  name: fc.constantFrom("null", "keeplast", "limit"),
  value: fc.constantFrom("true", "f", "10"),
});
/** Kept as they are written. */
const raw = fc.constantFrom("max in top5", 'x="a | b" c', "sum(x) > 3, y", "[ search x | fields y ]", "it's");

interface Languages {
  evaluation: EvalExpr;
  search: SearchExpr;
  command: Command;
  pipeline: Pipeline;
  subsearch: Subsearch;
}

const shallow = { maxDepth: 5, depthIdentifier: "spl" } as const;

export const { evaluation, search, pipeline } = fc.letrec<Languages>((tie) => {
  const e = tie("evaluation");
  const s = tie("search");
  const inner = tie("pipeline");

  const aggregation: Arbitrary<Aggregation> = fc.oneof(
    fc.record({
      function: functionName,
      argument: orNull(
        fc.oneof(
          fc.record({ kind: fc.constant("field" as const), name }),
          fc.record({ kind: fc.constant("eval" as const), expr: e }),
        ),
      ),
      as: orNull(name),
    }),
    fc.record({
      function: fc.constant("eval"),
      argument: fc.record({ kind: fc.constant("eval" as const), expr: e }),
      as: orNull(name),
    }),
  );
  const aggregations = some(aggregation);
  const sortField: Arbitrary<SortField> = fc.record({
    field: name,
    descending: fc.boolean(),
    type: fc.constantFrom("auto", "num", "str", "ip", null),
  });
  const split: Arbitrary<SplitField> = fc.record({ field: name, options: fc.array(binOption, { maxLength: 2 }) });
  const lookupField: Arbitrary<LookupField> = fc.record({ field: name, as: orNull(name) });
  const edge = orNull(
    fc.oneof(
      fc.record({ kind: fc.constant("search" as const), expr: s }),
      fc.record({ kind: fc.constant("eval" as const), expr: e }),
    ),
  );
  const optionsOrMacros = fc.array(fc.oneof(option, macro), { maxLength: 3 });

  const commands: readonly Arbitrary<Command>[] = [
    fc.record({ kind: fc.constant("search"), expr: s }),
    fc.record({ kind: fc.constant("where"), expr: e }),
    fc.record({
      kind: fc.constant("eval"),
      assignments: some(
        fc.record({ field: fc.oneof(name, fc.constantFrom("{f}", "<<FIELD>>", "x_<<MATCHSTR>>")), value: e }),
      ),
    }),
    fc.record({
      kind: fc.constantFrom("stats", "eventstats", "streamstats"),
      options,
      aggregations,
      by: fc.array(name, { maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant("tstats"),
      options: optionsOrMacros,
      aggregations,
      dataModel: orNull(fc.constantFrom("Web", "Endpoint.Processes", "a b")),
      where: orNull(s),
      by: fc.array(fc.record({ field: name, span: orNull(fc.constantFrom("1h", "10s")) }), { maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant("mstats"),
      options: optionsOrMacros,
      aggregations,
      where: orNull(s),
      by: fc.array(name, { maxLength: 2 }),
      timespan: orNull(fc.constantFrom("1h", "10s")),
    }),
    fc.record({ kind: fc.constant("table"), fields: names }),
    fc.record({ kind: fc.constant("fields"), mode: fc.constantFrom("+", "-"), fields: names }),
    fc.record({ kind: fc.constant("rename"), pairs: some(fc.record({ from: name, to: name })) }),
    fc.record({ kind: fc.constant("dedup"), count: orNull(count), fields: names, options }),
    fc.record({ kind: fc.constant("dedup"), count: orNull(count), fields: names, options, sortby: some(sortField) }),
    fc.record({ kind: fc.constant("sort"), limit: orNull(count), keys: some(sortField) }),
    fc.record({ kind: fc.constantFrom("head", "tail"), limit: count }),
    fc.record({ kind: fc.constant("headwhile"), condition: e, options: fc.array(wordOption, { maxLength: 2 }) }),
    fc.record({
      kind: fc.constantFrom("top", "rare"),
      limit: orNull(count),
      options,
      fields: names,
      by: fc.array(name, { maxLength: 2 }),
    }),
    fc.record({ kind: fc.constant("rex"), field: orNull(name), options, pattern: text }),
    fc.record({ kind: fc.constant("regex"), field: orNull(name), negated: fc.constant(false), pattern: text }),
    fc.record({ kind: fc.constant("regex"), field: name, negated: fc.boolean(), pattern: text }),
    fc.record({
      kind: fc.constant("replace"),
      pairs: some(fc.record({ from: text, to: text })),
      fields: fc.array(name, { maxLength: 2 }),
    }),
    fc.record({
      kind: fc.constant("makemv"),
      options: fc.array(
        fc.oneof(
          option,
          fc.record({ kind: fc.constant("option" as const), name: fc.constantFrom("tokenizer", "delim"), value: text }),
        ),
        { maxLength: 2 },
      ),
      field: name,
    }),
    fc.record({ kind: fc.constant("mvcombine"), delim: orNull(text), field: name }),
    fc.record({ kind: fc.constant("mvexpand"), field: name, limit: orNull(count) }),
    fc.record({ kind: fc.constant("nomv"), field: name }),
    fc.record({ kind: fc.constant("fillnull"), value: orNull(text), fields: fc.array(name, { maxLength: 3 }) }),
    fc.record({ kind: fc.constant("filldown"), fields: fc.array(name, { maxLength: 3 }) }),
    fc.record({ kind: fc.constant("makeresults"), options }),
    fc.record({ kind: fc.constantFrom("append", "appendpipe", "appendcols"), options, search: inner }),
    fc.record({ kind: fc.constant("join"), options, fields: fc.array(name, { maxLength: 2 }), search: inner }),
    fc.record({
      kind: fc.constantFrom("union", "multisearch"),
      options,
      datasets: some(fc.oneof(tie("subsearch"), fc.record({ kind: fc.constant("dataset" as const), name }))),
    }),
    fc.record({ kind: fc.constant("foreach"), options, fields: fc.array(name, { maxLength: 2 }), search: inner }),
    fc.record({
      kind: fc.constant("lookup"),
      options,
      table: name,
      match: some(lookupField),
      output: orNull(fc.record({ keyword: fc.constantFrom("OUTPUT", "OUTPUTNEW"), fields: some(lookupField) })),
    }),
    fc.record({ kind: fc.constant("inputlookup"), options, table: name, where: orNull(s) }),
    fc.record({ kind: fc.constant("outputlookup"), options, table: name }),
    fc.record({ kind: fc.constant("bin"), options, field: name, as: orNull(name) }),
    fc.record({
      kind: fc.constant("chart"),
      options,
      aggregations,
      over: split,
      by: orNull(split),
      where: orNull(raw),
    }),
    fc.record({
      kind: fc.constantFrom("chart", "timechart"),
      options,
      aggregations,
      over: fc.constant(null),
      by: fc.constant(null),
      where: fc.constant(null),
    }),
    fc.record({
      kind: fc.constant("timechart"),
      options,
      aggregations,
      over: fc.constant(null),
      by: split,
      where: orNull(raw),
    }),
    fc.record({
      kind: fc.constant("convert"),
      timeformat: orNull(text),
      conversions: some(fc.record({ function: functionName, field: name, as: orNull(name) })),
    }),
    fc.record({ kind: fc.constant("spath"), input: orNull(text), output: orNull(text), path: orNull(text) }),
    fc.record({
      kind: fc.constant("format"),
      options,
      words: fc.oneof(fc.constant([]), fc.array(text, { minLength: 6, maxLength: 6 })),
    }),
    fc.record({
      kind: fc.constant("return"),
      limit: orNull(count),
      fields: some(
        fc.oneof(
          fc.record({ field: name, as: fc.constant(null), valueOnly: fc.constant(false) }),
          fc.record({ field: name, as: word, valueOnly: fc.constant(false) }),
          fc.record({ field: word, as: fc.constant(null), valueOnly: fc.constant(true) }),
        ),
      ),
    }),
    fc.record({
      kind: fc.constant("transaction"),
      fields: fc.array(name, { maxLength: 2 }),
      options,
      startswith: edge,
      endswith: edge,
    }),
    fc.record({ kind: fc.constant("iplocation"), options, field: name }),
    fc.record({
      kind: fc.constant("from"),
      source: fc.constantFrom("datamodel", "inputlookup"),
      name: fc.oneof(name, text).filter((t) => t !== ""),
    }),
    fc.oneof(
      fc.record({
        kind: fc.constant("datamodel" as const),
        model: fc.constant(null),
        dataset: fc.constant(null),
        mode: fc.constant(null),
        options,
      }),
      fc.record({ kind: fc.constant("datamodel" as const), model: name, dataset: name, mode: orNull(word), options }),
    ),
    fc.record({
      kind: fc.constant("plain"),
      name: fc.constantFrom("collect", "map", "xmlkv", "reverse", "addtotals"),
      args: fc.array(
        fc.oneof(option, fc.record({ kind: fc.constant("word" as const), text: name }), macro, tie("subsearch")),
        { maxLength: 3 },
      ),
    }),
    fc.record({ kind: fc.constant("macro"), macro }),
    fc.record({
      kind: fc.constant("other"),
      name: fc.constantFrom("frobnicate", "geostats"),
      text: fc.oneof(raw, fc.constant("")),
    }),
  ];
  const comment: Arbitrary<Command> = fc.record({
    kind: fc.constant("comment"),
    text: text.filter((t) => !t.includes("```") && !t.endsWith("`")),
  });

  const logical = <K extends string, T>(kinds: readonly K[], operand: Arbitrary<T>) =>
    fc.record({ kind: fc.constantFrom(...kinds), operands: fc.array(operand, { minLength: 2, maxLength: 3 }) });

  return {
    evaluation: fc.oneof(
      shallow,
      fc.record({ kind: fc.constant("field" as const), name }),
      fc.record({ kind: fc.constant("string" as const), value: text }),
      fc.record({
        kind: fc.constant("number" as const),
        text: fc.constantFrom("0", "42", "1.50", "100000000000000000000"),
      }),
      fc.record({ kind: fc.constant("template" as const), name: fc.constantFrom("FIELD", "MATCHSTR") }),
      macro,
      fc.record({ kind: fc.constant("call" as const), name: evalFunction, args: fc.array(e, { maxLength: 3 }) }),
      fc.record({
        kind: fc.constant("binary" as const),
        operator: fc.constantFrom("==", "!=", "<", "<=", ">", ">=", "LIKE", "+", "-", "*", "/", "%", "."),
        left: e,
        right: e,
      }),
      fc.record({ kind: fc.constantFrom("negative" as const, "not" as const), operand: e }),
      fc.record({ kind: fc.constant("in" as const), operand: e, items: fc.array(e, { maxLength: 3 }) }),
      logical(["and", "or", "xor"], e),
      tie("subsearch"),
    ),
    search: fc.oneof(
      shallow,
      fc.record({
        kind: fc.constant("compare" as const),
        field: name,
        operator: fc.constantFrom("=", "!=", "<", "<=", ">", ">="),
        value: text,
      }),
      fc.record({
        kind: fc.constant("compare" as const),
        field: fc.constantFrom("earliest", "_index_latest"),
        operator: fc.constant("="),
        value: text,
      }),
      fc.record({
        kind: fc.constant("in" as const),
        field: name,
        values: fc.array(text, { minLength: 1, maxLength: 3 }),
      }),
      fc
        .record({ text, quoted: fc.boolean() })
        .map((t) => ({ kind: "term" as const, text: t.text, quoted: t.quoted || !isBareTerm(t.text) })),
      fc.record({
        kind: fc.constant("directive" as const),
        name: fc.constantFrom("TERM", "CASE", "PREFIX"),
        field: orNull(name),
        text,
      }),
      macro,
      fc.record({
        kind: fc.constant("computed" as const),
        field: name,
        operator: fc.constantFrom("=", "!=", "<=", "IN"),
        value: fc.oneof(macro, tie("subsearch")),
      }),
      fc.record({ kind: fc.constant("not" as const), operand: s }),
      logical(["and", "or"], s),
      tie("subsearch"),
    ),
    command: fc.oneof({ maxDepth: 3, depthIdentifier: "spl" }, ...commands),
    pipeline: fc
      .tuple(
        tie("command"),
        fc.array(fc.oneof({ weight: 5, arbitrary: tie("command") }, { weight: 1, arbitrary: comment }), {
          maxLength: 2,
        }),
        fc.option(comment),
      )
      .map(([first, others, before]) => ({
        kind: "pipeline" as const,
        commands: [...(before === null ? [] : [before]), first, ...others],
      })),
    subsearch: fc.record({ kind: fc.constant("subsearch"), search: tie("pipeline") }),
  };
});

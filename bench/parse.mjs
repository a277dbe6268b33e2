/**
 * Reads the same rules with ruleport and with Microsoft's language service, in one process, warm, in turns, and compares
 * queries per second: parsing with diagnostics, and names and types with diagnostics over the same table schemas.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import vm from "node:vm";
import { median, table } from "./figures.mjs";

export async function parse(shared, options) {
  const rounds = Number(options[0] ?? 5);
  const { analyzeKql, parseKql } = await import("../dist/index.js");
  const queries = readFileSync(join(shared, "corpus/kql.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
    .filter((rule) => rule.ms_syntax_ok)
    .map((rule) => rule.query);
  const schemas = JSON.parse(readFileSync(join(shared, "schemas/tables.json"), "utf8"));
  const microsoft = languageService(schemas);
  // The slow side reads every fifth query: a round over all of them takes it minutes.
  const some = queries.filter((_, i) => i % 5 === 0);
  const sides = [
    { name: "ruleport: parse", queries: some, read: (q) => parseKql(q).diagnostics.length },
    { name: "Microsoft: parse", queries: some, read: microsoft.parse },
    { name: "ruleport: names and types", queries: some, read: (q) => analyzeKql(q, { schemas }).diagnostics.length },
    { name: "Microsoft: names and types", queries: some, read: microsoft.analyze },
  ];
  const rates = sides.map(() => []);
  for (let round = -1; round < rounds; round++) {
    sides.forEach((side, i) => {
      const start = performance.now();
      for (const query of side.queries) side.read(query);
      // The first round warms up.
      if (round >= 0) rates[i].push((side.queries.length / (performance.now() - start)) * 1000);
    });
  }
  process.stdout.write(`${some.length} queries, median of ${rounds} rounds\n`);
  table(
    ["", "queries/s", "least", "most"],
    sides.map((side, i) => [side.name, median(rates[i]), Math.min(...rates[i]), Math.max(...rates[i])]),
  );
  const ratio = (a, b) => median(rates[a].map((rate, round) => rate / rates[b][round])).toFixed(1);
  process.stdout.write(`\nparse: ${ratio(0, 1)} times as fast\nnames and types: ${ratio(2, 3)} times as fast\n`);
}

function languageService(schemas) {
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve("@kusto/language-service-next/package.json"));
  for (const file of ["bridge.min.js", "Kusto.Language.Bridge.min.js"]) {
    vm.runInThisContext(readFileSync(join(folder, file), "utf8"), { filename: file });
  }
  const { Kusto } = globalThis;
  const { DatabaseSymbol, TableSymbol } = Kusto.Language.Symbols;
  const tables = Object.entries(schemas).map(([name, columns]) =>
    TableSymbol.From(
      `(${Object.entries(columns)
        .map(([column, type]) => `['${column.replaceAll("'", "\\'")}']: ${type}`)
        .join(", ")})`,
    ).WithName(name),
  );
  const database = new DatabaseSymbol.$ctor1("security", tables);
  const globals = Kusto.Language.GlobalState.Default.WithDatabase(database);
  return {
    parse: (query) => Kusto.Language.KustoCode.Parse(query, globals).GetSyntaxDiagnostics().Count,
    analyze: (query) => Kusto.Language.KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics().Count,
  };
}

import { expect, it } from "vitest";
import { analyzeKql, type Column, type TableDeclarations } from "../../src/index.ts";
import { hasShared, sharedLines, sharedText } from "../shared.ts";
import { differences } from "./result-column-differences.ts";

interface Corpus {
  readonly id: string;
  readonly query: string;
}
interface Answer {
  readonly id: string;
  readonly columns: readonly Column[];
}

const written = (columns: readonly Column[] | null): string =>
  (columns ?? []).map((c) => `${c.name}: ${c.type}`).join(", ");

/**
 * The result columns of real rules, as Microsoft's language service finds them over the same tables: names, types and order. The
 * differences that are left are listed with their causes; any other one fails, and so does one that is listed and gone.
 */
it.runIf(hasShared)("the result columns of real rules are those that Microsoft's binder finds", () => {
  const queries = new Map(sharedLines<Corpus>("corpus/kql.jsonl").map((q) => [q.id, q.query]));
  const answers = sharedLines<Answer>("corpus/kql-result-columns.jsonl");
  const schemas: TableDeclarations = JSON.parse(sharedText("schemas/tables.json"));
  const unlike: string[] = [];
  const details: string[] = [];
  for (const { id, columns } of answers) {
    const found = analyzeKql(queries.get(id) ?? "", { schemas });
    const error = found.diagnostics.find((d) => d.severity === "error");
    const [wanted, got] = [written(columns), written(found.columns)];
    if (error === undefined && wanted === got) continue;
    unlike.push(id);
    if (!listed.has(id)) details.push(`${id}: ${error ? `${error.code} ${error.message}` : `${wanted}\n  but ${got}`}`);
  }
  const share = (answers.length - unlike.length) / answers.length;
  console.log(`${answers.length - unlike.length} of ${answers.length} results alike, ${(100 * share).toFixed(2)} %`);
  expect(details).toEqual([]);
  expect(unlike.sort()).toEqual([...listed].sort());
  expect(share).toBeGreaterThan(0.97);
});

const listed = new Set(Object.values(differences).flat());

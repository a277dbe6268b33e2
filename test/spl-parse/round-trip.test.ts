import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSplText } from "../../src/spl/parse.ts";
import { printPipeline } from "../../src/spl/print.ts";
import type { Command, Pipeline } from "../../src/spl/tree.ts";
import { withoutPlaces } from "./same-tree.ts";
import { evaluation, pipeline, search } from "./trees.ts";

/** RUNS=5000 SEED=7 looks further. */
const settings = { seed: Number(process.env.SEED ?? 20261121), numRuns: Number(process.env.RUNS ?? 300) };

function readsBack(tree: Pipeline): void {
  const text = printPipeline(tree);
  const read = parseSplText(text);
  expect(
    read.diagnostics.filter((d) => d.severity === "error"),
    text,
  ).toEqual([]);
  expect(withoutPlaces(read.pipeline), text).toEqual(tree);
  expect(read.pipeline === null ? "" : printPipeline(read.pipeline)).toBe(text);
}

const of = (...commands: readonly Command[]): Pipeline => ({ kind: "pipeline", commands });

describe("what is printed reads back as the same tree", () => {
  it("conditions of the search language", () => {
    fc.assert(
      fc.property(search, (expr) => readsBack(of({ kind: "search", expr }, { kind: "search", expr }))),
      settings,
    );
  });
  it("expressions of eval", () => {
    fc.assert(
      fc.property(evaluation, (expr) => readsBack(of({ kind: "where", expr }))),
      settings,
    );
  });
  it("searches", () => {
    fc.assert(
      fc.property(pipeline, (tree) => readsBack(tree)),
      settings,
    );
  });
});

import type { ColumnPattern, Operator } from "../../kql/ast.ts";
import { parseKqlText } from "../../kql/parse.ts";
import type { Project } from "../../plan/nodes.ts";
import { named } from "./aggregate.ts";
import { spreadTogether } from "./tuple.ts";
import { nameAt, type Writing, written } from "./writing.ts";

type Projection = Extract<Operator, { kind: `project${string}` }>;

/** A project under the keyword that it was written with, where its columns are still exactly what that one gives. */
export function project(writing: Writing, relation: Project): Projection {
  const special = isPlain(relation)
    ? byKeyword(writing, relation)
    : relation.keyword === "project-rename"
      ? rename(relation)
      : null;
  return special ?? asProject(writing, relation);
}

function asProject(writing: Writing, { values, span }: Project): Projection {
  const columns = spreadTogether(writing, values, (value) => named(writing, value));
  return { kind: "project", columns, span, keywordSpan: span };
}

/** Every value is a column under its own name. */
function isPlain(relation: Project): boolean {
  return relation.values.every(({ name, value }) => value.kind === "column" && value.name === name);
}

function byKeyword(writing: Writing, relation: Project): Projection | null {
  const { span } = relation;
  const input = relation.input.columns.map((c) => c.name);
  const result = relation.values.map((v) => v.name);
  const inOrder = sameList(
    result,
    input.filter((name) => result.includes(name)),
  );
  const spans = { span, keywordSpan: span };
  switch (relation.keyword) {
    case "project":
      return null;
    case "project-rename":
      return sameList(result, input) ? { kind: "project-rename", columns: [], ...spans } : null;
    case "project-away": {
      if (!inOrder) return null;
      const gone = input.filter((name) => !result.includes(name));
      const given = writtenPatterns(writing, relation);
      return {
        kind: "project-away",
        patterns: given !== null && sameList(picked(given, input), gone) ? given : gone.map(plain(span)),
        ...spans,
      };
    }
    case "project-keep": {
      if (!inOrder) return null;
      const given = writtenPatterns(writing, relation);
      return {
        kind: "project-keep",
        patterns: given !== null && sameList(picked(given, input), result) ? given : result.map(plain(span)),
        ...spans,
      };
    }
    case "project-reorder": {
      if (result.length !== input.length) return null;
      const given = writtenPatterns(writing, relation);
      const names = given?.every((p) => !p.wildcard && input.includes(p.pattern)) ? given.map((p) => p.pattern) : [];
      if (names.length > 0 && sameList([...names, ...input.filter((name) => !names.includes(name))], result)) {
        return { kind: "project-reorder", patterns: names.map(plain(span)), ...spans };
      }
      const first = moved(result, input);
      return first === null ? null : { kind: "project-reorder", patterns: first.map(plain(span)), ...spans };
    }
  }
}

function rename({ values, input, span }: Project): Projection | null {
  const same =
    values.length === input.columns.length &&
    values.every((v, i) => v.value.kind === "column" && v.value.name === input.columns[i]?.name);
  if (!same) return null;
  const columns = values.flatMap(({ name, value }) =>
    value.kind === "column" && value.name !== name ? [{ to: nameAt(name, span), from: nameAt(value.name, span) }] : [],
  );
  return { kind: "project-rename", columns, span, keywordSpan: span };
}

/** The fewest columns that, put first, give the order of the result. */
function moved(result: readonly string[], input: readonly string[]): string[] | null {
  for (let count = 1; count <= result.length; count++) {
    const first = new Set(result.slice(0, count));
    if (
      sameList(
        result.slice(count),
        input.filter((name) => !first.has(name)),
      )
    )
      return [...first];
  }
  return null;
}

/** The patterns of the operator's source; wildcards are short, and they hold for undeclared columns too. */
function writtenPatterns(writing: Writing, relation: Project): readonly ColumnPattern[] | null {
  const text = written(writing, relation.span);
  if (!text.startsWith(relation.keyword)) return null;
  const statement = parseKqlText(`T | ${text}`).query?.statements[0];
  const operator =
    statement?.kind === "expression" && statement.expression.kind === "pipe"
      ? statement.expression.operators[0]
      : undefined;
  if (operator?.kind !== relation.keyword || !("patterns" in operator)) return null;
  return operator.patterns.map((pattern) => ({ ...pattern, span: relation.span }));
}

/** The columns that patterns mean. */
function picked(patterns: readonly ColumnPattern[], columns: readonly string[]): string[] {
  return columns.filter((name) =>
    patterns.some((p) => (p.wildcard ? fits(p.pattern.split("*"), name) : p.pattern === name)),
  );
}

/** The parts between the stars follow each other in the name, the first and the last at its ends. */
function fits(parts: readonly string[], name: string): boolean {
  const first = parts[0] ?? "";
  const last = parts[parts.length - 1] ?? "";
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}

const plain =
  (span: Project["span"]) =>
  (name: string): ColumnPattern => ({ pattern: name, wildcard: false, order: null, span });

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

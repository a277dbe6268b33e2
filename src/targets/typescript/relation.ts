import type { Apply, Expand, Join, Parse, Relation, Rows, SortKey, Union } from "../../plan/nodes.ts";
import type { ScalarType } from "../../types/scalar-type.ts";
import { aggregateCode } from "./aggregate.ts";
import { isTop } from "./comments.ts";
import { condition, dependsOnRow, expression, selector } from "./expression.ts";
import { type Chain, type Code, callOf, listOf, objectOf } from "./layout.ts";
import { keyLiteral, memberOf, stringLiteral } from "./literal.ts";
import { hittersArguments, nestedArguments, parseKvArguments } from "./nested.ts";
import { pluginCode } from "./plugin.ts";
import { emptyOf, record } from "./record.ts";
import { sequenceArguments, sequenceName } from "./sequence.ts";
import { seriesArguments } from "./series.ts";
import { type Session, unsupported, use, useType } from "./session.ts";
import { rowType } from "./types.ts";
import { windowCode } from "./window.ts";

/** Where comments of the source go: before the operator that they stand at. */
export type CommentsFor = (relation: Relation) => readonly string[];

/** The code of a table: a chain with one call per operator. */
export function chainOf(relation: Relation, session: Session, comments: CommentsFor): Chain {
  const inner = (r: Relation): Chain => chainOf(r, session, comments);
  const start = (head: Code): Chain => ({ head, calls: [] });
  const after = (input: Relation, name: string, args: readonly Code[]): Chain => {
    const { head, calls } = inner(input);
    const code = args.length > 1 ? listOf(`.${name}(`, args, ")") : callOf(`.${name}`, args);
    return { head, calls: [...calls, { comments: comments(relation), code }] };
  };
  /** A call with the type of the result's rows, which its arguments do not tell. */
  const typed = (name: string): string =>
    session.types ? `${name}<${rowType(relation.columns, useType(session))}>` : name;
  switch (relation.kind) {
    case "scan":
      return start(session.sharedTables.get(relation.table) ?? scanCode(relation.table, session));
    case "table":
      return start(session.lets.get(relation.name) ?? relation.name);
    case "item":
      return start("items");
    case "rows":
      return start(rowsCode(relation, session));
    case "range": {
      const [column] = relation.columns;
      const typed = session.types ? `<${rowType(relation.columns, useType(session))}>` : "";
      const values = [relation.from, relation.to, relation.step].map((e) => expression(e, session, false));
      return start(
        listOf(`${use(session, "rangeRows")}${typed}(`, [stringLiteral(column?.name ?? ""), ...values], ")"),
      );
    }
    case "filter":
      return after(relation.input, "where", [
        [dependsOnRow(relation.predicate) ? "(row) => " : "() => ", condition(relation.predicate, session, true)],
      ]);
    case "extend":
      return after(relation.input, "extend", [record(relation.values, session)]);
    case "project":
      return after(relation.input, "project", [record(relation.values, session)]);
    case "aggregate":
      return aggregateCode(relation, session, after);
    case "expand":
      return after(relation.input, "mvExpand", [
        record(relation.values, session),
        ...expansionOptions(relation, session),
      ]);
    case "apply": {
      const body: Code = ["(items) => ", inner(relation.body)];
      if (readsOtherThanItems(relation.body)) {
        unsupported(
          session,
          "mv-apply-body",
          "mv-apply",
          "a subquery of mv-apply that joins the items to a union cannot be run yet",
          relation.span,
        );
      }
      return after(relation.input, "mvApply", [
        record(relation.values, session),
        body,
        ...expansionOptions(relation, session),
      ]);
    }
    case "parse":
      return after(relation.input, "parse", parseArguments(relation, session));
    case "join":
      return after(relation.left, relation.keyword, joinArguments(relation, inner, session));
    case "union":
      return start(unionCode(relation, inner, session));
    case "sort":
      return after(
        relation.input,
        "sort",
        relation.keys.map((key) => sortKey(key, session)),
      );
    case "limit": {
      const count = expression(relation.count, session, false);
      if (!isTop(relation)) return after(relation.input, "take", [count]);
      const { input, keys } = relation.input;
      return after(input, "top", [count, ...keys.map((key) => sortKey(key, session))]);
    }
    case "window":
      return relation.values.length === 0
        ? inner(relation.input)
        : after(relation.input, "window", [windowCode(relation, session)]);
    case "series":
      return after(relation.input, typed("makeSeries"), seriesArguments(relation, session));
    case "partition": {
      const body: Code = ["(items) => ", inner(relation.body)];
      if (readsOtherThanItems(relation.body)) {
        const message = "a subquery of partition that reads other rows than its own cannot be run yet";
        unsupported(session, "partition-body", "partition", message, relation.span);
      }
      return after(relation.input, "partition", [selector(relation.by, session), body]);
    }
    case "sequence":
      return after(relation.input, sequenceName(relation, session), sequenceArguments(relation, session));
    case "top-nested":
      return after(relation.input, typed("topNested"), nestedArguments(relation, session));
    case "top-hitters":
      return after(relation.input, typed("topHitters"), hittersArguments(relation, session));
    case "parse-kv":
      return after(relation.input, "parseKv", parseKvArguments(relation, session));
    case "plugin":
      return pluginCode(relation, session, inner, after);
    case "opaque": {
      const { what, span } = relation;
      unsupported(
        session,
        "unknown-rows",
        what,
        `only the columns of ${what} are known, so that it cannot be run`,
        span,
      );
      return start("");
    }
  }
}

/** `from(events, columns)` of a table; the module knows both names. */
function scanCode(table: string, session: Session): Code {
  return session.scans.get(table) ?? "";
}

function rowsCode(relation: Rows, session: Session): Code {
  const typed = session.types ? `<${rowType(relation.columns, useType(session))}>` : "";
  const rows = relation.rows.map(
    (cells): Code =>
      objectOf(
        relation.columns.map((c, i) => [
          `${keyLiteral(c.name)}: `,
          cells[i] === undefined ? "null" : expression(cells[i], session, false),
        ]),
      ),
  );
  return [`${use(session, "fromRows")}${typed}(`, listOf("[", rows, "]"), ")"];
}

function expansionOptions(relation: Expand | Apply, session: Session): readonly Code[] {
  const typed = relation.values.filter((v) => v.type !== "dynamic");
  const options: Code[] = [];
  if (typed.length > 0) options.push(["as: ", objectOf(typed.map((v) => `${keyLiteral(v.name)}: "${v.type}"`))]);
  if (relation.kind === "expand" && relation.bagExpansion === "array") options.push('kind: "array"');
  if (relation.indexColumn !== null) options.push(`index: ${stringLiteral(relation.indexColumn)}`);
  if (relation.limit !== null) options.push(["limit: ", expression(relation.limit, session, false)]);
  return options.length === 0 ? [] : [objectOf(options)];
}

function readsOtherThanItems(body: Relation): boolean {
  if (body.kind === "item") return false;
  if (body.kind === "join") return readsOtherThanItems(body.left);
  return "input" in body ? readsOtherThanItems(body.input) : true;
}

function parseArguments(relation: Parse, session: Session): readonly Code[] {
  const steps = relation.steps.map((step): Code => {
    if (step.kind === "text") return stringLiteral(step.value);
    return step.kind === "skip" ? use(session, "skip") : `{ ${keyLiteral(step.name)}: "${step.type}" }`;
  });
  const options: Code[] = [];
  if (relation.mode !== "simple") options.push(`kind: "${relation.mode}"`);
  if (relation.flags !== "") options.push(`flags: ${stringLiteral(relation.flags)}`);
  if (relation.filter) options.push("where: true");
  return [
    selector(relation.value, session),
    listOf("[", steps, "]"),
    ...(options.length === 0 ? [] : [objectOf(options)]),
  ];
}

function joinArguments(relation: Join, inner: (r: Relation) => Chain, session: Session): readonly Code[] {
  const { joinKind, left, right, on, rightColumns } = relation;
  const keys = (side: "left" | "right"): Code => [
    `(${side}) => `,
    listOf(
      "[",
      on.map((key) => memberOf(side, key[side])),
      "]",
    ),
  ];
  const args: Code[] = [`"${joinKind}"`, inner(right), keys("left"), keys("right")];
  if (joinKind.endsWith("semi") || joinKind.endsWith("anti")) return args;
  const needed = session.needs.of(relation);
  const noLeft = joinKind === "rightouter" || joinKind === "fullouter";
  const noRight = joinKind === "leftouter" || joinKind === "fullouter";
  const cell = (side: "left" | "right", name: string, type: ScalarType, optional: boolean): Code =>
    memberOf(side, name, optional) + (optional ? ` ?? ${emptyOf(type)}` : "");
  const typeOf = new Map(relation.columns.map((c) => [c.name, c.type]));
  const fromLeft: Code[] = noLeft
    ? left.columns
        .filter((c) => needed.has(c.name))
        .map((c) => [`${keyLiteral(c.name)}: `, cell("left", c.name, c.type, true)])
    : ["...left"];
  const fromRight = rightColumns
    .filter((c) => needed.has(c.to))
    .map((c): Code => [`${keyLiteral(c.to)}: `, cell("right", c.from, typeOf.get(c.to) ?? "unknown", noRight)]);
  const parameters = fromRight.length === 0 ? "(left)" : "(left, right)";
  return [...args, [`${parameters} => (`, objectOf([...fromLeft, ...fromRight]), ")"]];
}

/** All inputs brought to the result's columns. */
function unionCode(relation: Union, inner: (r: Relation) => Chain, session: Session): Code {
  const needed = session.needs.of(relation);
  const columns = relation.columns.filter((c) => needed.has(c.name));
  const inputs = relation.inputs.map((input, i): Code => {
    const mapping = relation.mappings[i] ?? {};
    const own = new Map(input.columns.map((c) => [c.name, c.type]));
    const same =
      columns.every((c) => own.get(c.name) === c.type && mapping[c.name] === c.name) &&
      session.needs.of(input).size === columns.length;
    const chain = inner(input);
    if (same) return chain;
    const fields = columns.map((c) => {
      const from = Object.hasOwn(mapping, c.name) ? mapping[c.name] : undefined;
      const isSource = c.name === relation.sourceColumn;
      const value = isSource
        ? stringLiteral(relation.sourceNames[i] ?? "")
        : from === undefined
          ? emptyOf(c.type)
          : asType(memberOf("row", from), input.columns.find((k) => k.name === from)?.type, c.type, session);
      return { reads: !isSource && from !== undefined, code: `${keyLiteral(c.name)}: ${value}` };
    });
    const parameters = fields.some((f) => f.reads) ? "(row)" : "()";
    const project: Code = [`.project(${parameters} => (`, objectOf(fields.map((f) => f.code)), "))"];
    return { head: chain.head, calls: [...chain.calls, { comments: [], code: project }] };
  });
  const typed = session.types ? `<${rowType(columns, useType(session))}>` : "";
  return listOf(`${use(session, "union")}${typed}(`, inputs, ")");
}

const readers = {
  bool: "tobool",
  int: "toint",
  long: "tolong",
  real: "toreal",
  decimal: "todecimal",
  string: "tostring",
  datetime: "todatetime",
  timespan: "totimespan",
  guid: "toguid",
} as const;

/** A value that nothing declares, in a column whose type another table tells. */
function asType(code: string, from: ScalarType | undefined, to: ScalarType, session: Session): string {
  if (from !== "unknown" || to === "unknown" || to === "dynamic") return code;
  return `${use(session, readers[to])}(${code})`;
}

function sortKey(key: SortKey, session: Session): Code {
  const name = use(session, key.descending ? "descending" : "ascending");
  const usual = key.descending ? !key.nullsFirst : key.nullsFirst;
  const nulls = key.nullsFirst ? '"nulls first"' : '"nulls last"';
  return usual
    ? callOf(name, [selector(key.value, session)])
    : listOf(`${name}(`, [selector(key.value, session), nulls], ")");
}

import type { TableMapping } from "../fields/profile.ts";
import { type FieldMapping, fieldOf, sourceField } from "../fields/profile.ts";
import { expressionsOf, operandsOf } from "../plan/children.ts";
import type { Expr, Plan, Relation } from "../plan/nodes.ts";
import type { ScalarType } from "../types/scalar-type.ts";
import { Datetime, unixMilliseconds } from "../types/time.ts";
import { isArray, type Value } from "../types/value.ts";
import { Dictionary, type FieldWords } from "./dictionary.ts";
import { identity } from "./made-event.ts";

/** The fields of the events that a column is made of. */
type Lineage = ReadonlyMap<string, ReadonlySet<string>>;

/** The value of an expression without columns, or undefined. */
export type ConstantOf = (expr: Expr) => Value | undefined;

/** What a plan says about the fields of its events: each literal goes to all fields that the tested expression is made of. */
export function dictionaryOfPlan(
  plan: Plan,
  mappingOf: (table: string) => TableMapping,
  constantOf: ConstantOf,
): Dictionary {
  const dictionary = new Dictionary();
  const lets = new Map<string, Lineage>();
  const walker = new PlanReader(dictionary, mappingOf, constantOf, lets);
  for (const l of plan.lets) {
    if (l.kind === "table") lets.set(l.name, walker.relation(l.value, new Map()));
    else walker.read(l.value, new Map());
  }
  walker.relation(plan.body, new Map());
  return dictionary;
}

class PlanReader {
  readonly #dictionary: Dictionary;
  readonly #mappingOf: (table: string) => TableMapping;
  readonly #constantOf: ConstantOf;
  readonly #lets: Map<string, Lineage>;
  /** Columns that a count or another number of a group is in. */
  readonly #counted = new Set<string>();

  constructor(
    dictionary: Dictionary,
    mappingOf: (table: string) => TableMapping,
    constantOf: ConstantOf,
    lets: Map<string, Lineage>,
  ) {
    this.#dictionary = dictionary;
    this.#mappingOf = mappingOf;
    this.#constantOf = constantOf;
    this.#lets = lets;
  }

  relation(relation: Relation, item: Lineage): Lineage {
    switch (relation.kind) {
      case "scan": {
        const mapping = this.#mappingOf(relation.table);
        const lineage = new Map<string, ReadonlySet<string>>();
        for (const column of relation.columns) {
          if (column.name === identity) continue;
          const field = fieldOf(mapping, column.name);
          const source = field && sourceField(field);
          if (field === undefined || source === null || source === undefined) continue;
          this.#pending.set(source, { field, type: column.type, time: mapping.time === source });
          lineage.set(column.name, new Set([source]));
        }
        return lineage;
      }
      case "rows":
      case "range":
        return new Map();
      case "table":
        return this.#lets.get(relation.name) ?? new Map();
      case "item":
        return item;
      case "filter": {
        const below = this.relation(relation.input, item);
        this.read(relation.predicate, below);
        return below;
      }
      case "extend":
      case "project": {
        const below = this.relation(relation.input, item);
        const lineage = new Map(relation.kind === "extend" ? below : []);
        for (const { name, value } of relation.values) {
          const plain = value.kind === "column" && relation.kind === "project";
          lineage.set(name, plain ? (below.get(value.name) ?? new Set()) : this.read(value, below));
        }
        return lineage;
      }
      case "aggregate": {
        const below = this.relation(relation.input, item);
        const lineage = new Map<string, ReadonlySet<string>>();
        for (const { name, value } of relation.keys) {
          const fields = this.read(value, below);
          for (const field of fields) this.#words(field).grouped = true;
          lineage.set(name, fields);
        }
        for (const call of relation.aggregates) {
          const star = call.args.length > 3 && call.columns.length === call.args.length;
          const all = star ? call.args.slice(0, 1) : call.args;
          const read = all.map((a) => this.read(a, below));
          call.columns.forEach((column, i) => {
            const arg = call.args[i];
            const own = star && arg?.kind === "column" ? below.get(arg.name) : read[i];
            lineage.set(column.name, own ?? new Set());
          });
          if (call.function.includes("count")) for (const column of call.columns) this.#counted.add(column.name);
        }
        return lineage;
      }
      case "expand":
      case "apply": {
        const below = this.relation(relation.input, item);
        const lineage = new Map(below);
        for (const { name, value } of relation.values) lineage.set(name, this.read(value, below));
        if (relation.kind === "expand") return lineage;
        const body = this.relation(relation.body, lineage);
        return new Map([...below, ...body]);
      }
      case "window":
      case "series":
      case "sequence":
      case "top-nested":
      case "top-hitters":
      case "parse-kv":
      case "plugin":
      case "partition": {
        const below = this.relation(relation.input, item);
        for (const expr of expressionsOf(relation)) this.read(expr, below);
        return relation.kind === "partition" ? this.relation(relation.body, below) : below;
      }
      case "opaque":
        return new Map(relation.inputs.flatMap((input) => [...this.relation(input, item)]));
      case "parse": {
        const below = this.relation(relation.input, item);
        const fields = this.read(relation.value, below);
        const lineage = new Map(below);
        for (const step of relation.steps) {
          if (step.kind === "column") lineage.set(step.name, fields);
          if (step.kind !== "text") continue;
          for (const field of fields) {
            if (relation.mode === "regex") this.#words(field).patterns.add(step.value);
            else this.#words(field).texts.add(step.value);
          }
        }
        return lineage;
      }
      case "join": {
        const left = this.relation(relation.left, item);
        const right = this.relation(relation.right, item);
        for (const key of relation.on) {
          const a = left.get(key.left) ?? new Set<string>();
          const b = right.get(key.right) ?? new Set<string>();
          for (const field of [...a, ...b]) this.#words(field).grouped = true;
          this.#link(a, b);
        }
        const lineage = new Map(left);
        for (const { from, to } of relation.rightColumns) lineage.set(to, right.get(from) ?? new Set());
        return lineage;
      }
      case "union": {
        const lineage = new Map<string, Set<string>>();
        relation.inputs.forEach((input, i) => {
          const below = this.relation(input, item);
          for (const [name, own] of Object.entries(relation.mappings[i] ?? {})) {
            const fields = lineage.get(name) ?? new Set();
            for (const field of below.get(own) ?? []) fields.add(field);
            lineage.set(name, fields);
          }
        });
        return lineage;
      }
      case "sort": {
        const below = this.relation(relation.input, item);
        for (const key of relation.keys) this.read(key.value, below);
        return below;
      }
      case "limit":
        return this.relation(relation.input, item);
    }
  }

  /** Mappings of fields that no expression has read yet. */
  readonly #pending = new Map<
    string,
    { readonly field: FieldMapping; readonly type: ScalarType; readonly time: boolean }
  >();

  #words(field: string): FieldWords {
    const pending = this.#pending.get(field);
    if (pending === undefined) return this.#dictionary.field(field);
    const type = pending.time ? "datetime" : pending.field.kind === "field" ? pending.type : "string";
    const words = this.#dictionary.field(field, type);
    for (let at = pending.field; at.kind === "transform"; at = at.of) {
      words.shapes.add(at.name);
      if (at.argument !== null && at.name !== "$hash") words.separators.add(at.argument);
      if (at.name === "$hash" && at.argument !== null) words.keys.add(at.argument);
    }
    return words;
  }

  #link(a: ReadonlySet<string>, b: ReadonlySet<string>): void {
    for (const x of a) for (const y of b) if (x !== y) this.#words(x).peers.add(y);
    for (const x of b) for (const y of a) if (x !== y) this.#words(x).peers.add(y);
  }

  /** The fields that an expression is made of; what it compares them with goes into the dictionary. */
  read(expr: Expr, lineage: Lineage): ReadonlySet<string> {
    switch (expr.kind) {
      case "column": {
        const fields = lineage.get(expr.name) ?? new Set<string>();
        for (const field of fields) this.#words(field);
        return fields;
      }
      case "literal":
      case "let":
        return new Set();
      case "in-table":
      case "toscalar": {
        const table = this.relation(expr.table, new Map());
        const operand = expr.kind === "in-table" ? this.read(expr.operand, lineage) : new Set<string>();
        const first = expr.table.columns[0];
        const fields = (first && table.get(first.name)) ?? new Set<string>();
        this.#link(operand, fields);
        return new Set([...operand, ...fields]);
      }
      default: {
        const operands = operandsOf(expr);
        const sets = operands.map((operand) => this.read(operand, lineage));
        const fields = new Set(sets.flatMap((set) => [...set]));
        if (expr.kind === "access" || expr.kind === "call") this.#note(expr, operands, sets, fields);
        return fields;
      }
    }
  }

  #note(
    expr: Expr,
    operands: readonly Expr[],
    sets: readonly ReadonlySet<string>[],
    fields: ReadonlySet<string>,
  ): void {
    const name = expr.kind === "call" ? expr.name : "access";
    const counts = operands.some((o) => o.kind === "column" && this.#counted.has(o.name));
    operands.forEach((operand, i) => {
      const constant = (sets[i]?.size ?? 0) > 0 || operand.kind === "column" ? undefined : this.#constantOf(operand);
      if (constant === undefined) return;
      if (counts && typeof constant === "number") this.#dictionary.counts.add(constant);
      for (const field of fields) this.#add(this.#words(field), name, i, constant);
    });
    if (operands.length === 2 && isComparison(name)) this.#link(sets[0] ?? new Set(), sets[1] ?? new Set());
  }

  #add(words: FieldWords, name: string, at: number, value: Value): void {
    if (value instanceof Datetime) words.times.add(unixMilliseconds(value));
    else if (typeof value === "number") words.numbers.add(value);
    else if (typeof value === "bigint") words.numbers.add(Number(value));
    else if (isArray(value)) for (const item of value) this.#add(words, name, at, item);
    else if (typeof value === "string") {
      if (name === "access") words.keys.add(value);
      else if (name === "split") words.separators.add(value);
      else if (patternArgument[name] === at) words.patterns.add(value);
      else words.texts.add(value);
    }
  }
}

const isComparison = (name: string): boolean =>
  /^(?:==|!=|<|<=|>|>=|=~|!~|has|contains|startswith|endswith)/.test(name);

/** Which argument of a function is a pattern. */
const patternArgument: Readonly<Record<string, number>> = {
  "matches regex": 1,
  extract: 0,
  extract_all: 0,
  replace_regex: 1,
  trim: 0,
  trim_start: 0,
  trim_end: 0,
  countof: 1,
  indexof_regex: 1,
};

import { parseAllDocuments } from "yaml";
import { parseCondition } from "./condition.ts";
import { unescapeText } from "./escape.ts";
import {
  type FieldTest,
  type Modifier,
  modifiers,
  type Search,
  type SigmaLevel,
  type SigmaRule,
  type SigmaStatus,
  type SigmaValue,
  sigmaLevels,
  sigmaStatuses,
} from "./rule.ts";

/** Reads a Sigma rule; of several documents the first, which is the one that a correlation is about. Throws an Error with the reason, in one line. Keywords without a field are not read. */
export function readSigma(text: string): SigmaRule {
  // Dates stay text, and a long integer keeps all its digits.
  const [document] = parseAllDocuments(text, { prettyErrors: false, intAsBigInt: true });
  if (document === undefined) throw new Error("the rule must be a map");
  const [problem] = document.errors;
  if (problem !== undefined) throw new Error(`not valid YAML: ${problem.message.split("\n")[0]}`);
  const data = mapping(document.toJS({ maxAliasCount: 50 }), "the rule");
  const detection = mapping(data.detection, "detection");
  const { condition, ...searches } = detection;
  return {
    title: string(data.title, "title"),
    ...optional("id", data.id, string),
    ...optional("name", data.name, string),
    ...optional("status", data.status, (value, key): SigmaStatus => oneOf(value, sigmaStatuses, key)),
    ...optional("description", data.description, string),
    ...optional("references", data.references, strings),
    ...optional("author", data.author, string),
    ...optional("date", data.date, string),
    ...optional("modified", data.modified, string),
    ...optional("tags", data.tags, strings),
    logsource: Object.fromEntries(
      Object.entries(mapping(data.logsource, "logsource")).map(([key, value]) => [key, string(value, key)]),
    ),
    searches: Object.entries(searches).map(([name, value]) => search(name, value)),
    condition: parseCondition(string(condition, "condition")),
    ...optional("falsePositives", data.falsepositives, strings),
    ...optional("level", data.level, (value, key): SigmaLevel => oneOf(value, sigmaLevels, key)),
  };
}

function search(name: string, value: unknown): Search {
  const alternatives = Array.isArray(value) ? value : [value];
  return { name, alternatives: alternatives.map((tests) => Object.entries(mapping(tests, name)).map(fieldTest)) };
}

function fieldTest([key, value]: [string, unknown]): FieldTest {
  const [field = "", ...names] = key.split("|");
  const known = names.map((name): Modifier => oneOf(name, modifiers, `a modifier of ${field}`));
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return { field, modifiers: known, values: values.map((item) => sigmaValue(item, known, key)) };
}

const verbatimModifiers: readonly Modifier[] = ["re", "fieldref", "cidr"];

function sigmaValue(value: unknown, names: readonly Modifier[], key: string): SigmaValue {
  if (value === null) return { kind: "null" };
  if (typeof value === "boolean") return { kind: "boolean", value };
  if (typeof value === "number") return { kind: "number", value };
  if (typeof value === "bigint") {
    const exact = value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
    return { kind: "number", value: exact ? Number(value) : value };
  }
  const text = string(value, key);
  return names.some((name) => verbatimModifiers.includes(name))
    ? { kind: "verbatim", text }
    : { kind: "text", parts: unescapeText(text) };
}

function optional<K extends string, T>(
  key: K,
  value: unknown,
  read: (value: unknown, key: string) => T,
): { [P in K]?: T };
function optional(key: string, value: unknown, read: (value: unknown, key: string) => unknown): object {
  return value === undefined || value === null ? {} : { [key]: read(value, key) };
}

function mapping(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error(`${what} must be a map`);
  return { ...value };
}

function string(value: unknown, what: string): string {
  if (typeof value !== "string") throw new Error(`${what} must be a string`);
  return value;
}

function strings(value: unknown, what: string): string[] {
  if (!Array.isArray(value)) throw new Error(`${what} must be a list`);
  return value.map((item) => string(item, what));
}

function oneOf<T extends string>(value: unknown, known: readonly T[], what: string): T {
  const found = known.find((name) => name === value);
  if (found === undefined) throw new Error(`${what} must be one of ${known.join(", ")}, not ${String(value)}`);
  return found;
}

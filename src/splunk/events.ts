import type { Row } from "./row.ts";
import { multi, numberText, type Value } from "./value.ts";

/**
 * An event as a row. Objects inside it become fields with a path, as Splunk reads JSON: `a.b`, `list{}.c`; an array of plain
 * values is a multivalue field of its own name on the top level, and `a.list{}` below. null is an absent field, true and false
 * are texts, numbers with a fraction are texts with their digits. `_time` is epoch seconds, from a number or ISO text.
 */
export function rowOf(event: object): Row {
  const row: Row = new Map();
  for (const [name, value] of Object.entries(event)) {
    if (name === "_time") {
      const time = timeOf(value);
      if (time !== null) row.set(name, time);
    } else if (Array.isArray(value) && value.every((v) => typeof v !== "object" || v === null)) {
      setAll(row, name, value);
    } else flatten(row, name, value, 0);
  }
  return row;
}

const deepest = 30;

function flatten(row: Row, path: string, value: unknown, depth: number): void {
  if (value === null || value === undefined) return;
  if (depth > deepest) row.set(path, JSON.stringify(value));
  else if (Array.isArray(value)) {
    const plain = value.filter((v) => typeof v !== "object" || v === null);
    if (plain.length > 0) setAll(row, `${path}{}`, plain);
    for (const item of value)
      if (typeof item === "object" && item !== null) addFields(row, `${path}{}`, item, depth + 1);
  } else if (typeof value === "object") {
    for (const [name, inner] of Object.entries(value)) flatten(row, `${path}.${name}`, inner, depth + 1);
  } else {
    const plain = plainValue(value);
    if (plain !== null) row.set(path, plain);
  }
}

/** Fields of one object in an array; those of its neighbours stand beside them as further values. */
function addFields(row: Row, path: string, item: object, depth: number): void {
  const own: Row = new Map();
  if (Array.isArray(item)) flatten(own, path, item, depth);
  else for (const [name, inner] of Object.entries(item)) flatten(own, `${path}.${name}`, inner, depth);
  for (const [name, value] of own) {
    const before = row.get(name);
    row.set(name, before === undefined ? value : [...list(before), ...list(value)]);
  }
}

function list(value: Value): readonly string[] {
  return typeof value === "string" ? [value] : typeof value === "number" ? [numberText(value)] : value;
}

function setAll(row: Row, name: string, values: readonly unknown[]): void {
  const texts = values.flatMap((v) => {
    const plain = plainValue(v);
    return plain === null ? [] : list(plain);
  });
  const value = multi(texts);
  if (value !== undefined) row.set(name, value);
}

function plainValue(value: unknown): string | number | null {
  if (typeof value === "string") return value;
  if (typeof value === "number") return Number.isInteger(value) ? value : numberText(value);
  if (typeof value === "boolean" || typeof value === "bigint") return String(value);
  return value instanceof Date ? value.toISOString() : null;
}

function timeOf(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (value instanceof Date) return value.getTime() / 1000;
  if (typeof value !== "string" || value === "") return null;
  const number = Number(value);
  if (!Number.isNaN(number)) return number;
  const time = Date.parse(value);
  if (Number.isNaN(time)) return null;
  // Digits below a millisecond are in the text alone.
  const fraction = /\.(\d+)/.exec(value)?.[1];
  return fraction === undefined || fraction.length <= 3
    ? time / 1000
    : Math.floor(time / 1000) + Number(`0.${fraction}`);
}

/** Events as a search meets them: newest first, those of one time in the given order, those without a time last. */
export function newestFirst(rows: readonly Row[]): readonly Row[] {
  const timed = rows.map((row) => ({ row, time: Number(row.get("_time") ?? Number.NEGATIVE_INFINITY) }));
  // Infinity minus itself is no order.
  return timed.sort((a, b) => (a.time === b.time ? 0 : b.time - a.time)).map((t) => t.row);
}

/**
 * The raw text of an event that came without one, for words in a search: its fields as `name="value"`, as a log of pairs has them.
 */
export function rawText(row: Row): string {
  const parts: string[] = [];
  for (const [name, value] of row)
    if (!name.startsWith("_")) for (const text of list(value)) parts.push(`${name}="${text}"`);
  return parts.join(" ");
}

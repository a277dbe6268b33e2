import type { ScalarType } from "../types/scalar-type.ts";
import { Datetime, parseDatetime, Timespan, ticksPerMicrosecond, unixEpoch } from "../types/time.ts";

/** How cells of a column are compared. */
export interface CellForm {
  readonly type: ScalarType | null;
  readonly unordered: boolean;
  /** Text that stands for an absent value. */
  readonly missing: string | null;
  /** Whether a text in a dynamic column is a text, not the JSON of an array or an object. */
  readonly plain: boolean;
  /** In a JSON text, a number and the text of its digits are the same. */
  readonly looseNumbers: boolean;
}

/**
 * A cell as text that is the same for cells that mean the same: "" for null, absent and empty alike; a number and its digits; a
 * point in time and its epoch seconds; an array and the values of a multivalue field.
 */
export function canonical(cell: unknown, form: CellForm): string {
  if (cell === null || cell === undefined || cell === "" || cell === form.missing) return "";
  switch (form.type) {
    case "datetime":
      return timeText(cell);
    case "timespan":
      return cell instanceof Timespan ? String(cell.ticks / ticksPerMicrosecond) : scaled(cell);
    case "bool":
      return boolText(cell);
    case "int":
    case "long":
    case "real":
    case "decimal":
      return numberText(cell);
    case "string":
    case "guid":
      return Array.isArray(cell) ? listText(cell, form) : itemText(cell, form);
    case "dynamic":
    case "unknown":
      return dynamicText(cell, form);
    case null:
      return Array.isArray(cell) ? listText(cell, form) : itemText(cell, form);
  }
}

function timeText(cell: unknown): string {
  if (cell instanceof Datetime) return String((cell.ticks - unixEpoch) / ticksPerMicrosecond);
  const text = scaled(cell);
  if (typeof cell !== "string" || /^-?\d+$/.test(text)) return text;
  const time = parseDatetime(cell);
  return time === null ? cell : timeText(time);
}

/** Seconds as whole microseconds. */
function scaled(cell: unknown): string {
  const seconds =
    typeof cell === "number" ? cell : typeof cell === "string" && cell.trim() !== "" ? Number(cell) : Number.NaN;
  return Number.isFinite(seconds) ? String(Math.round(seconds * 1e6)) : plainText(cell);
}

function boolText(cell: unknown): string {
  const text = plainText(cell).toLowerCase();
  return text === "1" ? "true" : text === "0" ? "false" : text;
}

function numberText(cell: unknown): string {
  if (typeof cell === "bigint") return String(cell);
  const text = plainText(cell);
  const number = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isNaN(number)) return text;
  return Number.isInteger(number) ? text.replace(/^([+-]?\d+)\.0*$/, "$1") : number.toPrecision(10).replace(/0+$/, "");
}

function plainText(cell: unknown): string {
  if (typeof cell === "object" && cell !== null && !(cell instanceof Datetime) && !(cell instanceof Timespan)) {
    return jsonText(cell);
  }
  return String(cell);
}

function dynamicText(cell: unknown, form: CellForm): string {
  if (Array.isArray(cell)) return listText(cell, form);
  if (!form.plain && typeof cell === "string" && /^\s*[[{]/.test(cell)) {
    const value = parsed(cell);
    if (value !== undefined) return Array.isArray(value) ? listText(value, form) : jsonText(value, form.looseNumbers);
  }
  return typeof cell === "object" ? jsonText(cell, form.looseNumbers) : listText([cell], form);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function itemText(item: unknown, { looseNumbers }: CellForm): string {
  if (!looseNumbers || typeof item !== "string" || !item.startsWith("{")) return plainText(item);
  const value = parsed(item);
  return value === undefined ? item : jsonText(value, true);
}

/** A list of one is its value: a multivalue field with one value is a plain field. */
function listText(items: readonly unknown[], form: CellForm): string {
  const texts = items.map((item) => (item === null || item === undefined ? "" : itemText(item, form)));
  if (texts.length === 0) return "";
  if (texts.length === 1) return texts[0] ?? "";
  return JSON.stringify(form.unordered ? texts.sort() : texts);
}

/** JSON with the keys of its objects in order. */
function jsonText(value: unknown, looseNumbers = false): string {
  return (
    JSON.stringify(value, (_, inner: unknown) => {
      if (looseNumbers && typeof inner === "string" && inner.trim() !== "" && Number.isFinite(Number(inner)))
        return Number(inner);
      if (typeof inner === "bigint") return String(inner);
      if (inner instanceof Datetime || inner instanceof Timespan) return inner.toString();
      if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
      return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
    }) ?? ""
  );
}

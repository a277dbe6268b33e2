import type { Value } from "../types/value.ts";
import { toLongOr, toreal } from "./convert.ts";
import { round } from "./math.ts";
import { textOf } from "./text.ts";

const byteUnits = ["Bytes", "KB", "MB", "GB", "TB", "PB", "EB"];

/**
 * A size in the unit that fits, or in a given one, 1024 to the next, rounded to so many places: `19.08 MB`; "" for null.
 * (format-bytes-function)
 */
export function formatBytes(size: Value, places?: Value, unit?: Value): string {
  const number = toreal(size);
  if (number === null || !Number.isFinite(number)) return "";
  const name = unit === undefined ? "" : textOf(unit);
  const fitting = byteUnits.findLastIndex((_, power) => Math.abs(number) >= 1024 ** power);
  const power = name === "" ? Math.max(0, fitting) : byteUnits.findIndex((u) => u.toLowerCase() === name.toLowerCase());
  if (power < 0) return "";
  return `${String(round(number / 1024 ** power, toLongOr(places ?? null, 0)))} ${byteUnits[power]}`;
}

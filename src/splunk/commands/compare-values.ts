import type { SortField } from "../../spl/tree.ts";
import type { Row } from "../row.ts";
import { parseAddress } from "../search/ip.ts";
import { compareText, looksNumeric, type Value, valuesOf } from "../value.ts";

/**
 * The order of two rows by sort keys. Without a type each pair of values decides: numbers by value, addresses by value, else
 * texts by their bytes. Rows without the field come last, in either direction. (Search Reference: sort)
 */
export function rowOrder(keys: readonly SortField[]): (a: Row, b: Row) => number {
  return (a, b) => {
    for (const key of keys) {
      const x = firstValue(a.get(key.field));
      const y = firstValue(b.get(key.field));
      if (x === undefined || y === undefined) {
        if (x === y) continue;
        return x === undefined ? 1 : -1;
      }
      const order = valueOrder(x, y, key.type ?? "auto");
      if (order !== 0) return key.descending ? -order : order;
    }
    return 0;
  };
}

function firstValue(value: Value | undefined): string | undefined {
  return valuesOf(value)[0];
}

function valueOrder(a: string, b: string, type: "auto" | "num" | "str" | "ip"): number {
  if (type === "num" || (type === "auto" && looksNumeric(a) && looksNumeric(b))) {
    const x = looksNumeric(a) ? Number(a) : Number.POSITIVE_INFINITY;
    const y = looksNumeric(b) ? Number(b) : Number.POSITIVE_INFINITY;
    return x === y ? 0 : x - y;
  }
  if (type !== "str") {
    const x = parseAddress(a);
    const y = parseAddress(b);
    if (x !== null && y !== null && x.bits === y.bits) return x.value < y.value ? -1 : x.value > y.value ? 1 : 0;
  }
  return compareText(a, b);
}

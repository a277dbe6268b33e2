import { type Bag, bagOf, type Dynamic, type DynamicArray, isArray, isBag, type Value } from "../types/value.ts";
import { type Aggregate, filtered, folded, type Selector } from "./aggregate.ts";
import { toreal } from "./convert.ts";
import { keyOf } from "./key.ts";

// Values of a group together. Without values they are empty. (aggregation-functions)

const mostItems = 1_048_576;
const limitOf = (limit: Value | undefined): number =>
  Math.max(0, Math.min(mostItems, toreal(limit ?? null) ?? mostItems));

function list<T>(value: Selector<T, Value>, limit: Value | undefined, nulls: boolean): Aggregate<T, DynamicArray> {
  const most = limitOf(limit);
  return folded(
    (): Dynamic[] => [],
    (items, row: T) => {
      const found = value(row);
      if (found === null && !nulls) return items;
      for (const item of isArray(found) ? found : [found]) if (items.length < most) items.push(item);
      return items;
    },
    (items) => items,
  );
}

/** Arrays count as their elements. (make-list-aggregate-function) */
export function makeList<T>(value: Selector<T, Value>, limit?: Value): Aggregate<T, DynamicArray> {
  return list(value, limit, false);
}
/** The same with nulls; also what `make_list` of dynamic values does. */
export function makeListWithNulls<T>(value: Selector<T, Value>, limit?: Value): Aggregate<T, DynamicArray> {
  return list(value, limit, true);
}
export function makeListIf<T>(
  value: Selector<T, Value>,
  condition: Selector<T, Value>,
  limit?: Value,
): Aggregate<T, DynamicArray> {
  return filtered(makeList(value, limit), condition);
}
export function makeListWithNullsIf<T>(
  value: Selector<T, Value>,
  condition: Selector<T, Value>,
  limit?: Value,
): Aggregate<T, DynamicArray> {
  return filtered(makeListWithNulls(value, limit), condition);
}

/** Distinct values in the order of their first occurrence; arrays count as their elements. (make-set-aggregate-function) */
export function makeSet<T>(value: Selector<T, Value>, limit?: Value): Aggregate<T, DynamicArray> {
  const most = limitOf(limit);
  return folded(
    () => new Map<unknown, Dynamic>(),
    (items, row: T) => {
      const found = value(row);
      for (const item of isArray(found) ? found : [found]) {
        const key = keyOf(item);
        if (item !== null && items.size < most && !items.has(key)) items.set(key, item);
      }
      return items;
    },
    (items) => [...items.values()],
  );
}
export function makeSetIf<T>(
  value: Selector<T, Value>,
  condition: Selector<T, Value>,
  limit?: Value,
): Aggregate<T, DynamicArray> {
  return filtered(makeSet(value, limit), condition);
}

/** All bags in one; a key keeps its first value. (make-bag-aggregate-function) */
export function makeBag<T>(value: Selector<T, Value>, limit?: Value): Aggregate<T, Bag> {
  const most = limitOf(limit);
  return folded(
    () => new Map<string, Dynamic>(),
    (entries, row: T) => {
      const found = value(row);
      if (!isBag(found)) return entries;
      for (const [key, item] of Object.entries(found))
        if (!entries.has(key) && entries.size < most) entries.set(key, item);
      return entries;
    },
    (entries) => bagOf(entries),
  );
}
export function makeBagIf<T>(
  value: Selector<T, Value>,
  condition: Selector<T, Value>,
  limit?: Value,
): Aggregate<T, Bag> {
  return filtered(makeBag(value, limit), condition);
}

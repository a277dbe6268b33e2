import { Decimal } from "./decimal.ts";
import { Datetime, Timespan } from "./time.ts";

/** A whole number of 64 bits: a `number` where that is exact, a `bigint` beyond 2^53, never both for one value. */
export type Long = number | bigint;

export type Maybe<T> = T | null;

/** A real without a fraction inside a dynamic value, where no type tells it from a long: it prints as `1.0`. */
export class Real {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
  valueOf(): number {
    return this.value;
  }
  toJSON(): number {
    return this.value;
  }
}

/** A value of KQL's `dynamic`: JSON, and the scalar types that JSON lacks. */
export type Dynamic = null | boolean | Long | Real | Decimal | string | Datetime | Timespan | DynamicArray | Bag;
export type DynamicArray = readonly Dynamic[];
/** A property bag: an object whose keys keep their order. */
export type Bag = { readonly [key: string]: Dynamic };

/**
 * A cell. bool is `boolean`, int and long are `Long`, real is `number`, string and guid are `string`,
 * decimal is `Decimal`, datetime is `Datetime`, timespan is `Timespan`; null where the type has one.
 */
export type Value = Dynamic;

export function isLong(value: Value): value is Long {
  return typeof value === "number" || typeof value === "bigint";
}

export function isArray(value: Value): value is DynamicArray {
  return Array.isArray(value);
}

export function isBag(value: Value): value is Bag {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Datetime) &&
    !(value instanceof Timespan) &&
    !(value instanceof Real) &&
    !(value instanceof Decimal)
  );
}

/** A real as an element of a dynamic value. */
export function dynamicReal(value: number): number | Real {
  return Number.isSafeInteger(value) ? new Real(value) : value;
}

/** The value without the mark that tells a whole real from a long. */
export function unmarked(value: Value): Exclude<Value, Real> {
  return value instanceof Real ? value.value : value;
}

/** The one form of a whole number: wrapped to 64 bits, a `number` where that is exact. */
export function longOf(value: bigint): Long {
  const wrapped = BigInt.asIntN(64, value);
  return wrapped >= Number.MIN_SAFE_INTEGER && wrapped <= Number.MAX_SAFE_INTEGER ? Number(wrapped) : wrapped;
}

/** A property bag; own keys only, so that `__proto__` is a key like any other. */
export function bagOf(entries: Iterable<readonly [string, Dynamic]>): Bag {
  return Object.fromEntries(entries);
}

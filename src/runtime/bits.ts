import { isLong, type Long, longOf, type Maybe, type Value } from "../types/value.ts";
import { type Aggregate, folded, type Selector } from "./aggregate.ts";

// The bits of whole numbers, all together. Without values they are null. (binary-all-and-aggregate-function)

function allBits<T>(
  value: Selector<T, Value>,
  join: (left: bigint, right: bigint) => bigint,
): Aggregate<T, Maybe<Long>> {
  return folded(
    (): bigint | null => null,
    (bits, row: T) => {
      const found = value(row);
      if (!isLong(found)) return bits;
      return bits === null ? BigInt(found) : join(bits, BigInt(found));
    },
    (bits) => (bits === null ? null : longOf(bits)),
  );
}
export function binaryAllAnd<T>(value: Selector<T, Value>): Aggregate<T, Maybe<Long>> {
  return allBits(value, (a, b) => a & b);
}
export function binaryAllOr<T>(value: Selector<T, Value>): Aggregate<T, Maybe<Long>> {
  return allBits(value, (a, b) => a | b);
}
export function binaryAllXor<T>(value: Selector<T, Value>): Aggregate<T, Maybe<Long>> {
  return allBits(value, (a, b) => a ^ b);
}

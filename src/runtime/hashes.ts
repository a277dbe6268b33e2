import { Datetime, Timespan } from "../types/time.ts";
import { type Long, longOf, type Maybe, type Value } from "../types/value.ts";

// xxHash64, which `hash` is in the engine. (hash-function, hash-xxhash64-function)

const prime1 = 0x9e3779b185ebca87n;
const prime2 = 0xc2b2ae3d27d4eb4fn;
const prime3 = 0x165667b19e3779f9n;
const prime4 = 0x85ebca77c2b2ae63n;
const prime5 = 0x27d4eb2f165667c5n;
const stripeBytes = 32;

const wrapped64 = (value: bigint): bigint => BigInt.asUintN(64, value);
const rotated64 = (value: bigint, by: bigint): bigint => wrapped64((value << by) | (value >> (64n - by)));
const mixedIn = (sum: bigint, word: bigint): bigint =>
  wrapped64(rotated64(wrapped64(sum + word * prime2), 31n) * prime1);

function xxHash64(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  let hash = prime5;
  if (bytes.length >= stripeBytes) {
    let lanes = [prime1 + prime2, prime2, 0n, -prime1].map(wrapped64);
    for (; at + stripeBytes <= bytes.length; at += stripeBytes) {
      const start = at;
      lanes = lanes.map((lane, i) => mixedIn(lane, view.getBigUint64(start + 8 * i, true)));
    }
    const shifts = [1n, 7n, 12n, 18n];
    hash = wrapped64(lanes.reduce((sum, lane, i) => sum + rotated64(lane, shifts[i] ?? 0n), 0n));
    for (const lane of lanes) hash = wrapped64((hash ^ mixedIn(0n, lane)) * prime1 + prime4);
  }
  hash = wrapped64(hash + BigInt(bytes.length));
  for (; at + 8 <= bytes.length; at += 8)
    hash = wrapped64(rotated64(hash ^ mixedIn(0n, view.getBigUint64(at, true)), 27n) * prime1 + prime4);
  if (at + 4 <= bytes.length) {
    hash = wrapped64(rotated64(hash ^ wrapped64(BigInt(view.getUint32(at, true)) * prime1), 23n) * prime2 + prime3);
    at += 4;
  }
  for (; at < bytes.length; at++)
    hash = wrapped64(rotated64(hash ^ wrapped64(BigInt(view.getUint8(at)) * prime5), 11n) * prime1);
  hash = wrapped64((hash ^ (hash >> 33n)) * prime2);
  hash = wrapped64((hash ^ (hash >> 29n)) * prime3);
  return hash ^ (hash >> 32n);
}

/** Texts as UTF-8; whole numbers, and times as ticks, as eight bytes with the lowest first. */
function bytesOf(value: Value): Uint8Array | null {
  if (typeof value === "string") return new TextEncoder().encode(value);
  const whole = value instanceof Datetime || value instanceof Timespan ? value.ticks : value;
  if (typeof whole !== "bigint" && !(typeof whole === "number" && Number.isInteger(whole))) return null;
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setBigInt64(0, BigInt(whole), true);
  return new Uint8Array(bytes.buffer);
}

/** The hash of a text, whole number, datetime or timespan; with a modulus from 0 up to below it, null where that is not positive. */
export function hashXxhash64(value: Value, modulus?: Value): Maybe<Long> {
  const bytes = bytesOf(value);
  if (bytes === null) return null;
  const whole = BigInt.asIntN(64, xxHash64(bytes));
  if (modulus === undefined) return longOf(whole);
  if ((typeof modulus !== "number" && typeof modulus !== "bigint") || modulus <= 0) return null;
  const size = BigInt(modulus);
  return longOf(((whole % size) + size) % size);
}

import { type EvalFunction, many, ofNumbers } from "../function.ts";

const width = 53n;

function whole(number: number): bigint | null {
  return Number.isInteger(number) && number >= 0 && number <= Number.MAX_SAFE_INTEGER ? BigInt(number) : null;
}

function fold(apply: (a: bigint, b: bigint) => bigint): EvalFunction {
  return ofNumbers(2, many, (...numbers) => {
    const all = numbers.map(whole);
    let result: bigint | null = all[0] ?? null;
    for (const next of all.slice(1)) result = result === null || next === null ? null : apply(result, next);
    return result === null ? null : Number(result);
  });
}

function shift(apply: (a: bigint, by: bigint) => bigint): EvalFunction {
  return ofNumbers(2, 2, (a = 0, by = 0) => {
    const [x, n] = [whole(a), whole(by)];
    if (x === null || n === null || n > width) return null;
    return Number(BigInt.asUintN(Number(width), apply(x, n)));
  });
}

/** Bitwise functions, on whole numbers from 0 to 2⁵³-1. (Search Reference) */
export const bitwiseFunctions: Readonly<Record<string, EvalFunction>> = {
  bit_and: fold((a, b) => a & b),
  bit_or: fold((a, b) => a | b),
  bit_xor: fold((a, b) => a ^ b),
  bit_not: ofNumbers(1, 2, (a = 0, mask = Number.MAX_SAFE_INTEGER) => {
    const [x, m] = [whole(a), whole(mask)];
    return x === null || m === null ? null : Number(BigInt.asUintN(Number(width), ~x) & m);
  }),
  bit_shift_left: shift((a, by) => a << by),
  bit_shift_right: shift((a, by) => a >> by),
};

import type { Value } from "../types/value.ts";
import { textOf } from "./text.ts";

// MD5, SHA-1 and SHA-256 of a value's text in UTF-8, as hexadecimal digits. (hash-md5-function, hash-sha1-function, hash-sha256-function)

/** A hash that takes in blocks of 16 words: RFC 1321 and FIPS 180-4. */
interface Digest {
  readonly start: readonly number[];
  readonly littleEndian: boolean;
  /** The state after a block. */
  readonly next: (state: readonly number[], block: readonly number[]) => readonly number[];
}

const blockBytes = 64;

function digestOf(digest: Digest, value: Value): string {
  const text = new TextEncoder().encode(textOf(value));
  const padded = new Uint8Array(Math.ceil((text.length + 9) / blockBytes) * blockBytes);
  padded.set(text);
  padded[text.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(text.length) * 8n, digest.littleEndian);
  let state = digest.start;
  for (let at = 0; at < padded.length; at += blockBytes) {
    state = digest.next(
      state,
      Array.from({ length: 16 }, (_, i) => view.getUint32(at + 4 * i, digest.littleEndian)),
    );
  }
  return state.map((word) => hexOf(word, digest.littleEndian)).join("");
}

function hexOf(word: number, littleEndian: boolean): string {
  const bytes = new DataView(new ArrayBuffer(4));
  bytes.setUint32(0, word, littleEndian);
  return bytes.getUint32(0).toString(16).padStart(8, "0");
}

const rotatedLeft = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
const rotatedRight = (word: number, by: number): number => (word >>> by) | (word << (32 - by));
const plusEach = (state: readonly number[], ...words: readonly number[]): readonly number[] =>
  state.map((word, i) => (word + (words[i] ?? 0)) | 0);

const md5Shifts = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
];
const md5Digest: Digest = {
  start: [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476],
  littleEndian: true,
  next: (state, block) => {
    let [a = 0, b = 0, c = 0, d = 0] = state;
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const mixed = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][round] ?? 0;
      const at = [i, 5 * i + 1, 3 * i + 5, 7 * i][round] ?? 0;
      const word = block[at & 15] ?? 0;
      const sum = (a + mixed + Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) + word) | 0;
      [a, b, c, d] = [d, (b + rotatedLeft(sum, md5Shifts[round]?.[i & 3] ?? 0)) | 0, b, c];
    }
    return plusEach(state, a, b, c, d);
  },
};

const sha1Digest: Digest = {
  start: [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0],
  littleEndian: false,
  next: (state, block) => {
    const words = [...block];
    const word = (i: number): number => words[i] ?? 0;
    for (let i = 16; i < 80; i++) words.push(rotatedLeft(word(i - 3) ^ word(i - 8) ^ word(i - 14) ^ word(i - 16), 1));
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
    for (let i = 0; i < 80; i++) {
      const round = Math.floor(i / 20);
      const mixed = round === 0 ? (b & c) | (~b & d) : round === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
      const constant = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6][round] ?? 0;
      const sum = (rotatedLeft(a, 5) + mixed + e + constant + word(i)) | 0;
      [a, b, c, d, e] = [sum, a, rotatedLeft(b, 30), c, d];
    }
    return plusEach(state, a, b, c, d, e);
  },
};

/** The first primes. */
function primes(count: number): readonly number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
}
/** The first 32 bits behind the point. */
const fractionBits = (value: number): number => Math.floor((value - Math.floor(value)) * 2 ** 32) | 0;
const sha256Constants = primes(64).map((p) => fractionBits(Math.cbrt(p)));

const sha256Digest: Digest = {
  start: primes(8).map((p) => fractionBits(Math.sqrt(p))),
  littleEndian: false,
  next: (state, block) => {
    const words = [...block];
    const word = (i: number): number => words[i] ?? 0;
    const small = (x: number, a: number, b: number, c: number): number =>
      rotatedRight(x, a) ^ rotatedRight(x, b) ^ (x >>> c);
    const large = (x: number, a: number, b: number, c: number): number =>
      rotatedRight(x, a) ^ rotatedRight(x, b) ^ rotatedRight(x, c);
    for (let i = 16; i < 64; i++)
      words.push((word(i - 16) + small(word(i - 15), 7, 18, 3) + word(i - 7) + small(word(i - 2), 17, 19, 10)) | 0);
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let i = 0; i < 64; i++) {
      const sum = (h + large(e, 6, 11, 25) + ((e & f) ^ (~e & g)) + (sha256Constants[i] ?? 0) + word(i)) | 0;
      const other = (large(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [a, b, c, d, e, f, g, h] = [(sum + other) | 0, a, b, c, (d + sum) | 0, e, f, g];
    }
    return plusEach(state, a, b, c, d, e, f, g, h);
  },
};

export function hashMd5(value: Value): string {
  return digestOf(md5Digest, value);
}
export function hashSha1(value: Value): string {
  return digestOf(sha1Digest, value);
}
export function hashSha256(value: Value): string {
  return digestOf(sha256Digest, value);
}

/** Longer results are refused, so that a small text cannot fill the memory. */
const mostBytes = 16 * 1024 * 1024;

/** The bytes that a deflate stream holds; null where it is damaged or gives more than 16 MiB. (RFC 1951) */
export function inflated(source: Uint8Array, start: number): Uint8Array | null {
  const reader = new BitReader(source, start);
  const out: number[] = [];
  for (let last = false; !last; ) {
    last = reader.bits(1) === 1;
    const kind = reader.bits(2);
    if (kind === 0) stored(reader, out);
    else if (kind === 1) compressed(reader, out, fixedLetters, fixedDistances);
    else if (kind === 2) withOwnCodes(reader, out);
    else return null;
    if (reader.failed || out.length > mostBytes) return null;
  }
  return Uint8Array.from(out);
}

class BitReader {
  failed = false;
  readonly #bytes: Uint8Array;
  #at: number;
  #held = 0;
  #count = 0;
  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }
  /** So many bits, the first one lowest. */
  bits(count: number): number {
    while (this.#count < count) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) this.failed = true;
      this.#held |= (byte ?? 0) << this.#count;
      this.#count += 8;
    }
    const value = this.#held & ((1 << count) - 1);
    this.#held >>>= count;
    this.#count -= count;
    return value;
  }
  /** Goes on at the next whole byte. */
  align(): void {
    this.#held = 0;
    this.#count = 0;
  }
}

/** A Huffman code: how many codes of each length, and the symbols in the order of their codes. */
interface Code {
  readonly counts: readonly number[];
  readonly symbols: readonly number[];
}

function codeOf(lengths: readonly number[]): Code {
  const counts = new Array<number>(16).fill(0);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  counts[0] = 0;
  const symbols = lengths
    .map((length, symbol) => ({ length, symbol }))
    .filter(({ length }) => length > 0)
    .sort((a, b) => a.length - b.length || a.symbol - b.symbol)
    .map(({ symbol }) => symbol);
  return { counts, symbols };
}

function symbolOf(reader: BitReader, code: Code): number {
  let value = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length < 16 && !reader.failed; length++) {
    value |= reader.bits(1);
    const count = code.counts[length] ?? 0;
    if (value - first < count) return code.symbols[index + value - first] ?? 0;
    index += count;
    first = (first + count) << 1;
    value <<= 1;
  }
  reader.failed = true;
  return endOfBlock;
}

const endOfBlock = 256;
const fixedLetters = codeOf(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)));
const fixedDistances = codeOf(new Array<number>(30).fill(5));

const lengthBases = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBits = Array.from({ length: 30 }, (_, i) => Math.max(0, (i >> 1) - 1));
const distanceBases = distanceBits.map((_, i) => (i < 2 ? i + 1 : ((2 + (i & 1)) << ((i >> 1) - 1)) + 1));

function stored(reader: BitReader, out: number[]): void {
  reader.align();
  const size = reader.bits(16);
  if ((size ^ reader.bits(16)) !== 0xffff) reader.failed = true;
  for (let i = 0; i < size && !reader.failed; i++) out.push(reader.bits(8));
}

function compressed(reader: BitReader, out: number[], letters: Code, distances: Code): void {
  while (!reader.failed && out.length <= mostBytes) {
    const symbol = symbolOf(reader, letters);
    if (symbol === endOfBlock) return;
    if (symbol < endOfBlock) {
      out.push(symbol);
      continue;
    }
    const length = (lengthBases[symbol - 257] ?? 0) + reader.bits(lengthBits[symbol - 257] ?? 0);
    const far = symbolOf(reader, distances);
    const distance = (distanceBases[far] ?? 0) + reader.bits(distanceBits[far] ?? 0);
    if (distance === 0 || distance > out.length) reader.failed = true;
    else for (let i = 0; i < length; i++) out.push(out[out.length - distance] ?? 0);
  }
}

const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function withOwnCodes(reader: BitReader, out: number[]): void {
  const letterCount = reader.bits(5) + 257;
  const distanceCount = reader.bits(5) + 1;
  const lengthCount = reader.bits(4) + 4;
  const codeLengths = new Array<number>(19).fill(0);
  for (const place of codeLengthOrder.slice(0, lengthCount)) codeLengths[place] = reader.bits(3);
  const code = codeOf(codeLengths);
  const lengths: number[] = [];
  while (lengths.length < letterCount + distanceCount && !reader.failed) {
    const symbol = symbolOf(reader, code);
    if (symbol < 16) lengths.push(symbol);
    else {
      const repeated = symbol === 16 ? (lengths.at(-1) ?? 0) : 0;
      const times = symbol === 16 ? 3 + reader.bits(2) : symbol === 17 ? 3 + reader.bits(3) : 11 + reader.bits(7);
      for (let i = 0; i < times; i++) lengths.push(repeated);
    }
  }
  if (lengths.length > letterCount + distanceCount) reader.failed = true;
  compressed(reader, out, codeOf(lengths.slice(0, letterCount)), codeOf(lengths.slice(letterCount)));
}

import type { DynamicArray, Maybe, Value } from "../types/value.ts";
import { toLongOr } from "./convert.ts";
import { textOf } from "./text.ts";

// H3 cells by their numbers: four bits of mode, the resolution, the base cell, and a digit of three bits for each of 15 resolutions.
// (geo-h3cell-level-function, geo-h3cell-parent-function, geo-h3cell-children-function; h3geo.org, indexing)

const finestH3 = 15;
const unusedDigit = 7n;
/** Base cells with five corners, which lack one child. */
const pentagons: ReadonlySet<number> = new Set([4, 14, 24, 38, 49, 58, 63, 72, 83, 97, 107, 117]);
const skippedDigit = 1n;

interface H3Cell {
  readonly bits: bigint;
  readonly resolution: number;
  readonly baseCell: number;
}

const digitAt = (bits: bigint, resolution: number): bigint => (bits >> BigInt(3 * (finestH3 - resolution))) & 7n;
function withDigit(bits: bigint, resolution: number, digit: bigint): bigint {
  const place = BigInt(3 * (finestH3 - resolution));
  return (bits & ~(7n << place)) | (digit << place);
}
const withResolution = (bits: bigint, resolution: number): bigint =>
  (bits & ~(15n << 52n)) | (BigInt(resolution) << 52n);

function h3CellOf(value: Value): H3Cell | null {
  const text = textOf(value);
  if (!/^[\da-f]{15}$/i.test(text)) return null;
  const bits = BigInt(`0x${text}`);
  const [mode, reserved] = [bits >> 59n, (bits >> 56n) & 7n];
  const [resolution, baseCell] = [Number((bits >> 52n) & 15n), Number((bits >> 45n) & 127n)];
  if (mode !== 1n || reserved !== 0n || baseCell > 121) return null;
  for (let r = 1; r <= finestH3; r++) if ((digitAt(bits, r) === unusedDigit) !== r > resolution) return null;
  const cell = { bits, resolution, baseCell };
  return pentagons.has(baseCell) && firstDigit(cell) === skippedDigit ? null : cell;
}

/** The first digit that is not 0; 0 where all are. */
function firstDigit({ bits, resolution }: H3Cell): bigint {
  for (let r = 1; r <= resolution; r++) if (digitAt(bits, r) !== 0n) return digitAt(bits, r);
  return 0n;
}

/** The resolution, 0 to 15. (geo-h3cell-level-function) */
export function geoH3cellLevel(cell: Value): Maybe<number> {
  return h3CellOf(cell)?.resolution ?? null;
}

/** The cell at a coarser resolution, the next one unless said; "" for what is none. (geo-h3cell-parent-function) */
export function geoH3cellParent(cell: Value, resolution?: Value): string {
  const found = h3CellOf(cell);
  if (found === null) return "";
  const wanted = resolution === undefined ? found.resolution - 1 : toLongOr(resolution, -1);
  if (wanted < 0 || wanted > found.resolution) return "";
  let bits = withResolution(found.bits, wanted);
  for (let r = wanted + 1; r <= found.resolution; r++) bits = withDigit(bits, r, unusedDigit);
  return bits.toString(16);
}

/** So many resolutions apart at most. */
const deepestChildren = 5;

/** The cells at a finer resolution, the next one unless said. (geo-h3cell-children-function) */
export function geoH3cellChildren(cell: Value, resolution?: Value): DynamicArray | null {
  const found = h3CellOf(cell);
  if (found === null) return null;
  const wanted = resolution === undefined ? found.resolution + 1 : toLongOr(resolution, -1);
  const steps = wanted - found.resolution;
  if (steps < 1 || steps > deepestChildren || wanted > finestH3) return null;
  let cells: readonly bigint[] = [withResolution(found.bits, wanted)];
  for (let r = found.resolution + 1; r <= wanted; r++) {
    cells = cells.flatMap((bits) => {
      const central = pentagons.has(found.baseCell) && firstDigit({ ...found, bits, resolution: r - 1 }) === 0n;
      const digits = [0n, 1n, 2n, 3n, 4n, 5n, 6n].filter((digit) => !(central && digit === skippedDigit));
      return digits.map((digit) => withDigit(bits, r, digit));
    });
  }
  return cells.map((bits) => bits.toString(16));
}

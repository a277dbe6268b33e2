import type { Bag, DynamicArray, Maybe, Value } from "../types/value.ts";
import { toLongOr } from "./convert.ts";
import { placeOf } from "./geo-shapes.ts";
import { positionOf, type SpherePoint, unitVector } from "./sphere.ts";
import { textOf } from "./text.ts";

// S2 cells: the sphere on the six faces of a cube, each divided in four again and again along a Hilbert curve.
// (geo-point-to-s2cell-function …; s2geometry.io, S2 cell hierarchy)

const s2Levels = 30;
/** Leaf cells along the edge of a face. */
const s2Size = 2 ** s2Levels;

/** Places in the square [0, 1] of a face; the quadratic projection makes cells of nearly equal area. */
const toPlane = (s: number): number => (s >= 0.5 ? (4 * s * s - 1) / 3 : (1 - 4 * (1 - s) ** 2) / 3);
const toSquare = (u: number): number => (u >= 0 ? 0.5 * Math.sqrt(1 + 3 * u) : 1 - 0.5 * Math.sqrt(1 - 3 * u));

function fromFace(face: number, u: number, v: number): SpherePoint {
  switch (face) {
    case 0:
      return [1, u, v];
    case 1:
      return [-u, 1, v];
    case 2:
      return [-u, -v, 1];
    case 3:
      return [-1, -v, -u];
    case 4:
      return [v, -1, -u];
    default:
      return [v, u, -1];
  }
}

function toFace([x, y, z]: SpherePoint): readonly [face: number, u: number, v: number] {
  const [ax, ay, az] = [Math.abs(x), Math.abs(y), Math.abs(z)];
  if (ax >= ay && ax >= az) return x > 0 ? [0, y / x, z / x] : [3, z / x, y / x];
  if (ay >= az) return y > 0 ? [1, -x / y, z / y] : [4, z / y, -x / y];
  return z > 0 ? [2, -x / z, -y / z] : [5, -y / z, -x / z];
}

/** A cell by its face, the place of its first leaf, and its level. */
export interface S2Cell {
  readonly face: number;
  readonly i: number;
  readonly j: number;
  readonly level: number;
}

/** The order in which the curve visits the quarters (i, j as two bits), by how it is turned. */
const curve: readonly (readonly number[])[] = [
  [0, 1, 3, 2],
  [0, 2, 3, 1],
  [3, 2, 0, 1],
  [3, 1, 0, 2],
];
/** How each visited quarter turns it further. */
const turns = [1, 0, 0, 3] as const;

/** The cell's name: its number in hexadecimal digits, without zeros at the end. */
export function tokenOf({ face, i, j, level }: S2Cell): string {
  let turn = face & 1;
  let id = BigInt(face);
  for (let bit = s2Levels - 1; bit >= s2Levels - level; bit--) {
    const quarter = (((i >> bit) & 1) << 1) | ((j >> bit) & 1);
    const position = curve[turn & 3]?.indexOf(quarter) ?? 0;
    id = (id << 2n) | BigInt(position);
    turn ^= turns[position & 3] ?? 0;
  }
  const full = ((id << 1n) | 1n) << BigInt(2 * (s2Levels - level));
  return full.toString(16).padStart(16, "0").replace(/0+$/, "");
}

function s2CellOf(value: Value): S2Cell | null {
  const token = textOf(value);
  if (!/^[\da-f]{1,16}$/i.test(token)) return null;
  const id = BigInt(`0x${token.padEnd(16, "0")}`);
  const zeros = /0*$/.exec(id.toString(2))?.[0].length ?? 0;
  const face = Number(id >> 61n);
  if (id === 0n || face > 5 || zeros % 2 !== 0 || zeros > 2 * s2Levels) return null;
  const level = s2Levels - zeros / 2;
  let turn = face & 1;
  let [i, j] = [0, 0];
  for (let step = 0; step < level; step++) {
    const position = Number((id >> BigInt(59 - 2 * step)) & 3n);
    const quarter = curve[turn & 3]?.[position & 3] ?? 0;
    i += (quarter >> 1) * 2 ** (s2Levels - 1 - step);
    j += (quarter & 1) * 2 ** (s2Levels - 1 - step);
    turn ^= turns[position & 3] ?? 0;
  }
  return { face, i, j, level };
}

export function cellAround(point: SpherePoint, level: number): S2Cell {
  const [face, u, v] = toFace(point);
  const leaf = (s: number): number => Math.max(0, Math.min(s2Size - 1, Math.floor(s * s2Size)));
  const size = 2 ** (s2Levels - level);
  const first = (place: number): number => Math.floor(place / size) * size;
  return { face, i: first(leaf(toSquare(u))), j: first(leaf(toSquare(v))), level };
}

const pointAt = (face: number, i: number, j: number): SpherePoint =>
  fromFace(face, toPlane(i / s2Size), toPlane(j / s2Size));

/** At level 0 to 30, 11 unless said; "" for what is no place. (geo-point-to-s2cell-function) */
export function geoPointToS2cell(longitude: Value, latitude: Value, level?: Value): string {
  const [point, size] = [placeOf(longitude, latitude), level === undefined ? 11 : toLongOr(level, -1)];
  return point === null || size < 0 || size > s2Levels ? "" : tokenOf(cellAround(point, size));
}

/** (geo-s2cell-to-central-point-function) */
export function geoS2cellToCentralPoint(token: Value): Maybe<Bag> {
  const cell = s2CellOf(token);
  if (cell === null) return null;
  const half = 2 ** (s2Levels - cell.level) / 2;
  return { type: "Point", coordinates: [...positionOf(pointAt(cell.face, cell.i + half, cell.j + half))] };
}

/** The four corners, counterclockwise. */
export function cornersOfCell(cell: S2Cell): readonly SpherePoint[] {
  const size = 2 ** (s2Levels - cell.level);
  const corners = [
    [0, 0],
    [size, 0],
    [size, size],
    [0, size],
  ] as const;
  return corners.map(([di, dj]) => pointAt(cell.face, cell.i + di, cell.j + dj)).map(unitVector);
}

/** (geo-s2cell-to-polygon-function) */
export function geoS2cellToPolygon(token: Value): Maybe<Bag> {
  const cell = s2CellOf(token);
  if (cell === null) return null;
  const corners = cornersOfCell(cell);
  const ring = [...corners, ...corners.slice(0, 1)].map((corner) => [...positionOf(corner)]);
  return { type: "Polygon", coordinates: [ring] };
}

/** The order of the real engine. */
const aroundS2Cell = [
  [1, 1],
  [1, 0],
  [-1, 0],
  [0, -1],
  [-1, 1],
  [1, -1],
  [0, 1],
  [-1, -1],
] as const;

/** The cells around one, over the edges of faces too; at a corner of the cube there is one less. */
export function neighborsOfCell(cell: S2Cell): readonly S2Cell[] {
  const size = 2 ** (s2Levels - cell.level);
  return aroundS2Cell.map(([di, dj]) => {
    const [i, j] = [cell.i + (di + 0.5) * size, cell.j + (dj + 0.5) * size];
    const inside = i >= 0 && i < s2Size && j >= 0 && j < s2Size;
    return inside ? { ...cell, i: i - size / 2, j: j - size / 2 } : cellAround(beyondFace(cell.face, i, j), cell.level);
  });
}

/** (geo-s2cell-neighbors-function) */
export function geoS2cellNeighbors(token: Value): DynamicArray | null {
  const cell = s2CellOf(token);
  if (cell === null) return null;
  const own = tokenOf(cell);
  return [...new Set(neighborsOfCell(cell).map(tokenOf))].filter((other) => other !== own);
}

/** A place just over the edge of a face: the plane goes on straight for so little. */
function beyondFace(face: number, i: number, j: number): SpherePoint {
  const limit = 1 + Number.EPSILON;
  const plane = (place: number): number =>
    place >= 0 && place < s2Size
      ? toPlane(place / s2Size)
      : Math.max(-limit, Math.min(limit, (2 * (place - s2Size / 2)) / s2Size));
  return fromFace(face, plane(i), plane(j));
}

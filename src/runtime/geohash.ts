import type { Bag, DynamicArray, Maybe, Value } from "../types/value.ts";
import { toLongOr } from "./convert.ts";
import { placeOf } from "./geo-shapes.ts";
import { numberIn } from "./series-elements.ts";
import { textOf } from "./text.ts";

// Geohashes: the earth halved by longitude and latitude in turn, five halvings a character. (geo-point-to-geohash-function …)

const geohashDigits = "0123456789bcdefghjkmnpqrstuvwxyz";
const longestGeohash = 18;

/** West, south, and the sizes of a cell, in degrees. */
interface GeohashCell {
  readonly west: number;
  readonly south: number;
  readonly width: number;
  readonly height: number;
}

function geohashAt(longitude: number, latitude: number, length: number): string {
  let cell: GeohashCell = { west: -180, south: -90, width: 360, height: 180 };
  let text = "";
  let digit = 0;
  for (let bit = 0; bit < length * 5; bit++) {
    const upper = bit % 2 === 0 ? longitude >= cell.west + cell.width / 2 : latitude >= cell.south + cell.height / 2;
    cell = halfOf(cell, bit % 2 === 0, upper);
    digit = digit * 2 + (upper ? 1 : 0);
    if (bit % 5 === 4) {
      text += geohashDigits[digit] ?? "";
      digit = 0;
    }
  }
  return text;
}

function halfOf(cell: GeohashCell, byLongitude: boolean, upper: boolean): GeohashCell {
  const { west, south, width, height } = cell;
  if (byLongitude) return { ...cell, width: width / 2, west: upper ? west + width / 2 : west };
  return { ...cell, height: height / 2, south: upper ? south + height / 2 : south };
}

function cellOfGeohash(value: Value): GeohashCell | null {
  const text = textOf(value);
  if (text === "" || text.length > longestGeohash) return null;
  let cell: GeohashCell = { west: -180, south: -90, width: 360, height: 180 };
  for (const [i, character] of [...text].entries()) {
    const digit = geohashDigits.indexOf(character);
    if (digit < 0) return null;
    for (let bit = 0; bit < 5; bit++) cell = halfOf(cell, (i * 5 + bit) % 2 === 0, ((digit >> (4 - bit)) & 1) === 1);
  }
  return cell;
}

/** With 1 to 18 characters, 5 unless said; "" for what is no place. (geo-point-to-geohash-function) */
export function geoPointToGeohash(longitude: Value, latitude: Value, accuracy?: Value): string {
  const length = accuracy === undefined ? 5 : toLongOr(accuracy, 0);
  const [l, b] = [numberIn(longitude), numberIn(latitude)];
  if (placeOf(longitude, latitude) === null || l === null || b === null) return "";
  return length < 1 || length > longestGeohash ? "" : geohashAt(l, b, length);
}

/** (geo-geohash-to-central-point-function) */
export function geoGeohashToCentralPoint(geohash: Value): Maybe<Bag> {
  const cell = cellOfGeohash(geohash);
  return cell && { type: "Point", coordinates: [cell.west + cell.width / 2, cell.south + cell.height / 2] };
}

/** (geo-geohash-to-polygon-function) */
export function geoGeohashToPolygon(geohash: Value): Maybe<Bag> {
  const cell = cellOfGeohash(geohash);
  if (cell === null) return null;
  const [west, south, east, north] = [cell.west, cell.south, cell.west + cell.width, cell.south + cell.height];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: "Polygon", coordinates: [ring] };
}

/** East and north of a cell, in the engine's order. */
const aroundGeohash = [
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
  [1, 1],
  [1, 0],
  [0, 1],
  [-1, 1],
] as const;

/** The cells around one. (geo-geohash-neighbors-function) */
export function geoGeohashNeighbors(geohash: Value): DynamicArray | null {
  const cell = cellOfGeohash(geohash);
  if (cell === null) return null;
  const length = textOf(geohash).length;
  const [longitude, latitude] = [cell.west + cell.width / 2, cell.south + cell.height / 2];
  return aroundGeohash.flatMap(([dx, dy]) => {
    const north = latitude + dy * cell.height;
    if (north < -90 || north > 90) return [];
    const east = longitude + dx * cell.width;
    return [geohashAt(east > 180 ? east - 360 : east < -180 ? east + 360 : east, north, length)];
  });
}

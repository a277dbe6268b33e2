/**
 * H3 cells: what needs their geometry, which the library h3-js knows. Apart from the rest of the runtime, so that only queries which ask
 * for cells load it. Cells are texts of 15 hexadecimal digits; where an argument is none, or out of range, the result is null, or "" for
 * a cell. Cells around a cell, and in a polygon, are those of the engine in another order.
 *
 * @packageDocumentation
 */
import {
  cellToBoundary,
  cellToLatLng,
  gridDisk,
  gridDiskDistances,
  isValidCell,
  latLngToCell,
  polygonToCells,
} from "h3-js";
import { type Bag, type DynamicArray, isArray, isBag, type Maybe, type Value } from "../types/value.ts";

const finestResolution = 15;
const usualResolution = 6;
/** The engine's bounds. */
const mostRings = 142;
const mostCells = 61_680;

const cellOf = (value: Value): string | null => (typeof value === "string" && isValidCell(value) ? value : null);

function resolutionOf(value: Value | undefined): number | null {
  if (value === undefined) return usualResolution;
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= finestResolution ? value : null;
}

const numberOf = (value: Value): number | null =>
  typeof value === "number" || typeof value === "bigint" ? Number(value) : null;

/** The cell around a point, of resolution 6 unless said; "" for what is no point. (geo-point-to-h3cell-function) */
export function geoPointToH3cell(longitude: Value, latitude: Value, resolution?: Value): string {
  const [east, north, level] = [numberOf(longitude), numberOf(latitude), resolutionOf(resolution)];
  if (east === null || north === null || level === null) return "";
  return Math.abs(east) <= 180 && Math.abs(north) <= 90 ? latLngToCell(north, east, level) : "";
}

/** The cells around a cell, six of them, or five around a pentagon. (geo-h3cell-neighbors-function) */
export function geoH3cellNeighbors(value: Value): DynamicArray | null {
  const cell = cellOf(value);
  return cell === null ? null : gridDisk(cell, 1).filter((other) => other !== cell);
}

/** The cell, the ring around it, the ring around that, and so on. (geo-h3cell-rings-function) */
export function geoH3cellRings(value: Value, distance: Value): DynamicArray | null {
  const [cell, rings] = [cellOf(value), numberOf(distance)];
  if (cell === null || rings === null || !Number.isInteger(rings) || rings < 0 || rings > mostRings) return null;
  return gridDiskDistances(cell, rings);
}

/** The middle of a cell, in GeoJSON. (geo-h3cell-to-central-point-function) */
export function geoH3cellToCentralPoint(value: Value): Maybe<Bag> {
  const cell = cellOf(value);
  return cell === null ? null : { type: "Point", coordinates: [...cellToLatLng(cell)].reverse() };
}

/** The outline of a cell, in GeoJSON. (geo-h3cell-to-polygon-function) */
export function geoH3cellToPolygon(value: Value): Maybe<Bag> {
  const cell = cellOf(value);
  return cell === null ? null : { type: "Polygon", coordinates: [cellToBoundary(cell, true)] };
}

/**
 * The cells with their middle in a polygon or multipolygon, of resolution 6 unless said; null beyond 61,680 of them.
 * (geo-polygon-to-h3cells-function)
 */
export function geoPolygonToH3cells(shape: Value, resolution?: Value): DynamicArray | null {
  const [polygons, level] = [polygonsOf(shape), resolutionOf(resolution)];
  if (polygons === null || level === null) return null;
  const cells = new Set<string>();
  for (const polygon of polygons) {
    // A cell is at least so large that a bounding box tells beforehand when there are far too many.
    if (tooLarge(polygon, level)) return null;
    for (const cell of polygonToCells(polygon, level, true)) cells.add(cell);
    if (cells.size > mostCells) return null;
  }
  return [...cells];
}

type Ring = [number, number][];

/** Rings of longitudes and latitudes, the outer one first; null for what is no polygon. */
function polygonsOf(shape: Value): Ring[][] | null {
  if (!isBag(shape)) return null;
  const { type, coordinates = null } = shape;
  const list = type === "Polygon" ? [coordinates] : type === "MultiPolygon" ? coordinates : null;
  if (!isArray(list)) return null;
  const polygons: Ring[][] = [];
  for (const polygon of list) {
    const rings: Ring[] = [];
    for (const given of isArray(polygon) ? polygon : []) {
      const ring = ringOf(given);
      if (ring === null) return null;
      rings.push(ring);
    }
    if (rings.length === 0) return null;
    polygons.push(rings);
  }
  return polygons;
}

/** A closed ring of three corners or more. */
function ringOf(value: Value): Ring | null {
  if (!isArray(value) || value.length < 4) return null;
  const ring: Ring = [];
  for (const corner of value) {
    const [east, north] = isArray(corner) ? corner.map(numberOf) : [];
    if (east == null || north == null || !(Math.abs(east) <= 180) || !(Math.abs(north) <= 90)) return null;
    ring.push([east, north]);
  }
  const [first, last] = [ring[0], ring.at(-1)];
  return first?.[0] === last?.[0] && first?.[1] === last?.[1] ? ring : null;
}

/** Square degrees of the smallest cells of resolution 0; each finer resolution has a seventh. */
const smallestCell = 150;

function tooLarge([outer = []]: Ring[], level: number): boolean {
  const [east, north] = [outer.map((corner) => corner[0]), outer.map((corner) => corner[1])];
  const box = (Math.max(...east) - Math.min(...east)) * (Math.max(...north) - Math.min(...north));
  return box / (smallestCell / 7 ** level) > 50 * mostCells;
}

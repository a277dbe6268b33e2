import { type Bag, isArray, isBag, type Value } from "../types/value.ts";
import { numberIn } from "./series-elements.ts";
import { dotProduct, edgesCross, type SpherePoint, samePoint, turnOf, vectorOf, vectorSum } from "./sphere.ts";

// GeoJSON shapes as points of the sphere. What is not valid is null. (geospatial-data: shapes)

/** Points in a row; at least two. */
export type Line = readonly SpherePoint[];
/** Closed, without its last point; at least three. */
export type Ring = readonly SpherePoint[];
/** The outer ring and the holes. */
export type Polygon = readonly Ring[];

/** Longitude and latitude of a place that exists. */
export function placeOf(longitude: Value, latitude: Value): SpherePoint | null {
  const [l, b] = [numberIn(longitude), numberIn(latitude)];
  return l === null || b === null || !(Math.abs(l) <= 180) || !(Math.abs(b) <= 90) ? null : vectorOf(l, b);
}

function partsOf<T>(value: Value | undefined, part: (item: Value) => T | null): readonly T[] | null {
  if (value === undefined || !isArray(value)) return null;
  const found: T[] = [];
  for (const item of value) {
    const read = part(item);
    if (read === null) return null;
    found.push(read);
  }
  return found;
}

/** In a shape longitudes may go around the earth. */
function vertexOf(value: Value): SpherePoint | null {
  if (!isArray(value)) return null;
  const [l, b] = [numberIn(value[0]), numberIn(value[1])];
  return l === null || b === null || !Number.isFinite(l) || !(Math.abs(b) <= 90) ? null : vectorOf(l, b);
}

const isOppositeOf = (a: SpherePoint, b: SpherePoint): boolean => samePoint(a, [-b[0], -b[1], -b[2]]);

function lineOf(value: Value): Line | null {
  const points = partsOf(value, vertexOf);
  if (points === null || points.length < 2) return null;
  return points.every((p, i) => {
    const next = points[i + 1];
    return next === undefined || !(samePoint(p, next) || isOppositeOf(p, next));
  })
    ? points
    : null;
}

function ringOf(value: Value): Ring | null {
  const points = partsOf(value, vertexOf);
  const [first, last] = [points?.[0], points?.at(-1)];
  if (points === null || points.length < 4 || first === undefined || last === undefined || !samePoint(first, last))
    return null;
  const ring = points.slice(0, -1);
  return isSimple(ring) ? ring : null;
}

/** No point twice, and no edge across another. */
function isSimple(ring: Ring): boolean {
  if (new Set(ring.map(String)).size < ring.length) return false;
  const edges = edgesOf(ring);
  return edges.every(([a, b], i) => edges.slice(i + 2).every(([c, d]) => !edgesCross(a, b, c, d)));
}

export function edgesOf(ring: Ring): readonly (readonly [SpherePoint, SpherePoint])[] {
  return ring.map((point, i) => [point, ring[(i + 1) % ring.length] ?? point] as const);
}
export function edgesOfLine(line: Line): readonly (readonly [SpherePoint, SpherePoint])[] {
  return line.slice(1).map((point, i) => [line[i] ?? point, point] as const);
}

/** What was read is kept with its shape, which is often a constant beside many rows. */
function kept<T>(read: (shape: Bag) => T): (shape: Value) => T | null {
  const known = new WeakMap<Bag, T>();
  return (shape) => {
    if (!isBag(shape)) return null;
    const found = known.get(shape) ?? read(shape);
    known.set(shape, found);
    return found;
  };
}

/** The lines of a `LineString` or `MultiLineString`. */
export const linesOf = kept((shape): readonly Line[] | null => {
  if (shape.type === "LineString") {
    const line = lineOf(shape.coordinates ?? null);
    return line && [line];
  }
  return shape.type === "MultiLineString" ? partsOf(shape.coordinates, lineOf) : null;
});

/** The polygons of a `Polygon` or `MultiPolygon`. */
export const polygonsOf = kept((shape): readonly Polygon[] | null => {
  const polygon = (rings: Value): Polygon | null => {
    const found = partsOf(rings, ringOf);
    return found === null || found.length === 0 ? null : found;
  };
  if (shape.type === "Polygon") {
    const only = polygon(shape.coordinates ?? null);
    return only && [only];
  }
  return shape.type === "MultiPolygon" ? partsOf(shape.coordinates, polygon) : null;
});

/** Whether a point lies in a ring, which is taken for the smaller part of the sphere. */
export function isInRing(point: SpherePoint, ring: Ring): boolean {
  const middle = ring.reduce<SpherePoint>(vectorSum, [0, 0, 0]);
  if (dotProduct(point, middle) <= 0) return false;
  const winding = edgesOf(ring).reduce((sum, [a, b]) => {
    const across = turnOf(point, a, b);
    const along = dotProduct(a, b) - dotProduct(point, a) * dotProduct(point, b);
    return sum + Math.atan2(across, along);
  }, 0);
  return Math.abs(winding) > Math.PI;
}

export function isInPolygon(point: SpherePoint, polygon: Polygon): boolean {
  const [outer, ...holes] = polygon;
  return outer !== undefined && isInRing(point, outer) && !holes.some((hole) => isInRing(point, hole));
}

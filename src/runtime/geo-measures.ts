import type { Bag, Maybe, Value } from "../types/value.ts";
import { toreal } from "./convert.ts";
import { type GeoEdge, unionEdges } from "./geo-overlay.ts";
import {
  edgesOf,
  edgesOfLine,
  isInPolygon,
  type Line,
  linesOf,
  type Polygon,
  placeOf,
  polygonsOf,
} from "./geo-shapes.ts";
import {
  alongEdge,
  angleBetween,
  crossProduct,
  dotProduct,
  earthRadius,
  edgesMeet,
  lengthOf,
  nearestOnEdge,
  normalOf,
  positionOf,
  type SpherePoint,
  samePoint,
  scaledVector,
  unitVector,
  vectorDifference,
  vectorSum,
} from "./sphere.ts";

// Distances, directions, areas and the like on the sphere. A place or shape that is not valid gives null. (scalar-functions: geospatial)

export function pointShape(point: SpherePoint): Bag {
  return { type: "Point", coordinates: [...positionOf(point)] };
}

/** In meters, on the sphere. (geo-distance-2points-function) */
export function geoDistance2points(
  longitude1: Value,
  latitude1: Value,
  longitude2: Value,
  latitude2: Value,
): Maybe<number> {
  const [a, b] = [placeOf(longitude1, latitude1), placeOf(longitude2, latitude2)];
  return a && b && angleBetween(a, b) * earthRadius;
}

/** Clockwise from north, in radians; null between a point and itself. */
function azimuth(from: SpherePoint, to: SpherePoint): number | null {
  if (samePoint(from, to)) return null;
  const east = unitVector(crossProduct([0, 0, 1], from));
  const north = crossProduct(from, east);
  const angle = Math.atan2(dotProduct(to, east), dotProduct(to, north));
  return angle < 0 ? angle + 2 * Math.PI : angle;
}

/** The direction from one point to another, clockwise from north, in radians. (geo-azimuth-function) */
export function geoAzimuth(longitude1: Value, latitude1: Value, longitude2: Value, latitude2: Value): Maybe<number> {
  const [from, to] = [placeOf(longitude1, latitude1), placeOf(longitude2, latitude2)];
  return from && to && azimuth(from, to);
}

/** Clockwise from the first point around the second to the third, in radians. (geo-angle-function) */
export function geoAngle(...given: readonly Value[]): Maybe<number> {
  const [a, b, c] = [0, 2, 4].map((i) => placeOf(given[i] ?? null, given[i + 1] ?? null));
  if (!a || !b || !c) return null;
  const [first, second] = [azimuth(b, a), azimuth(b, c)];
  if (first === null || second === null) return null;
  return second >= first ? second - first : second - first + 2 * Math.PI;
}

/** (geo-point-in-circle-function) */
export function geoPointInCircle(...given: readonly Value[]): Maybe<boolean> {
  const [longitude = null, latitude = null, centerLongitude = null, centerLatitude = null, size = null] = given;
  const distance = geoDistance2points(longitude, latitude, centerLongitude, centerLatitude);
  const radius = toreal(size);
  return distance === null || radius === null || !(radius >= 0) ? null : distance <= radius;
}

/** (geo-point-in-polygon-function) */
export function geoPointInPolygon(longitude: Value, latitude: Value, shape: Value): Maybe<boolean> {
  const [point, polygons] = [placeOf(longitude, latitude), polygonsOf(shape)];
  return point && (polygons?.some((polygon) => isInPolygon(point, polygon)) ?? null);
}

const lineEdges = (lines: readonly Line[]): readonly GeoEdge[] => lines.flatMap(edgesOfLine);
const polygonEdges = (polygons: readonly Polygon[]): readonly GeoEdge[] => polygons.flat().flatMap(edgesOf);

function nearestOnEdges(point: SpherePoint, edges: readonly GeoEdge[]): SpherePoint | null {
  let best: SpherePoint | null = null;
  for (const [a, b] of edges) {
    const found = nearestOnEdge(point, a, b);
    if (best === null || angleBetween(point, found) < angleBetween(point, best)) best = found;
  }
  return best;
}

function nearestOnLine(longitude: Value, latitude: Value, shape: Value): readonly [SpherePoint, SpherePoint] | null {
  const [point, lines] = [placeOf(longitude, latitude), linesOf(shape)];
  const found = point && lines && nearestOnEdges(point, lineEdges(lines));
  return found && [point, found];
}
/** A point of the inside is its own nearest. */
function nearestOnPolygon(longitude: Value, latitude: Value, shape: Value): readonly [SpherePoint, SpherePoint] | null {
  const [point, polygons] = [placeOf(longitude, latitude), polygonsOf(shape)];
  if (point === null || polygons === null) return null;
  if (polygons.some((polygon) => isInPolygon(point, polygon))) return [point, point];
  const found = nearestOnEdges(point, polygonEdges(polygons));
  return found && [point, found];
}

export function geoClosestPointOnLine(longitude: Value, latitude: Value, shape: Value): Bag | null {
  const found = nearestOnLine(longitude, latitude, shape);
  return found && pointShape(found[1]);
}
export function geoClosestPointOnPolygon(longitude: Value, latitude: Value, shape: Value): Bag | null {
  const found = nearestOnPolygon(longitude, latitude, shape);
  return found && pointShape(found[1]);
}
/** In meters. (geo-distance-point-to-line-function) */
export function geoDistancePointToLine(longitude: Value, latitude: Value, shape: Value): Maybe<number> {
  const found = nearestOnLine(longitude, latitude, shape);
  return found && angleBetween(...found) * earthRadius;
}
/** In meters, 0 inside. (geo-distance-point-to-polygon-function) */
export function geoDistancePointToPolygon(longitude: Value, latitude: Value, shape: Value): Maybe<number> {
  const found = nearestOnPolygon(longitude, latitude, shape);
  return found && angleBetween(...found) * earthRadius;
}

const lengthOfEdges = (edges: readonly GeoEdge[]): number => edges.reduce((sum, [a, b]) => sum + angleBetween(a, b), 0);

/** In meters. (geo-line-length-function) */
export function geoLineLength(shape: Value): Maybe<number> {
  const lines = linesOf(shape);
  return lines && lengthOfEdges(lineEdges(lines)) * earthRadius;
}
/** In meters, holes included; of several polygons, of their union. (geo-polygon-perimeter-function) */
export function geoPolygonPerimeter(shape: Value): Maybe<number> {
  const polygons = polygonsOf(shape);
  return polygons && lengthOfEdges(unionEdges(polygons)) * earthRadius;
}

/** The signed solid angle of the triangle of an edge and a point. */
function solidAngle(apex: SpherePoint, a: SpherePoint, b: SpherePoint): number {
  const volume = dotProduct(apex, normalOf(a, b));
  return 2 * Math.atan2(volume, 1 + dotProduct(apex, a) + dotProduct(a, b) + dotProduct(b, apex));
}

/** In square meters; of several polygons, of their union. (geo-polygon-area-function) */
export function geoPolygonArea(shape: Value): Maybe<number> {
  const polygons = polygonsOf(shape);
  const apex = polygons?.[0]?.[0]?.[0];
  if (polygons === null || apex === undefined) return null;
  return unionEdges(polygons).reduce((sum, [a, b]) => sum + solidAngle(apex, a, b), 0) * earthRadius ** 2;
}

/** The middle of the lines by their lengths. (geo-line-centroid-function) */
export function geoLineCentroid(shape: Value): Bag | null {
  const lines = linesOf(shape);
  if (lines === null) return null;
  const middle = lineEdges(lines).reduce<SpherePoint>(
    (sum, [a, b]) => {
      const [apart, both] = [lengthOf(vectorDifference(a, b)), lengthOf(vectorSum(a, b))];
      return vectorSum(sum, scaledVector(vectorSum(a, b), apart / both));
    },
    [0, 0, 0],
  );
  return pointShape(unitVector(middle));
}

/** The middle of the polygons' union by area. (geo-polygon-centroid-function) */
export function geoPolygonCentroid(shape: Value): Bag | null {
  const polygons = polygonsOf(shape);
  if (polygons === null) return null;
  const middle = unionEdges(polygons).reduce<SpherePoint>(
    (sum, [a, b]) => vectorSum(sum, scaledVector(unitVector(normalOf(a, b)), angleBetween(a, b))),
    [0, 0, 0],
  );
  return pointShape(unitVector(middle));
}

/** The point at a fraction of a line's length. (geo-line-interpolate-point-function) */
export function geoLineInterpolatePoint(shape: Value, fraction: Value): Bag | null {
  const [lines, part] = [linesOf(shape), toreal(fraction)];
  const [line] = lines ?? [];
  if (line === undefined || lines?.length !== 1 || part === null || !(part >= 0 && part <= 1)) return null;
  const edges = edgesOfLine(line);
  let left = part * lengthOfEdges(edges);
  for (const [a, b] of edges) {
    const length = angleBetween(a, b);
    if (left <= length) return pointShape(alongEdge(a, b, left / length));
    left -= length;
  }
  const last = line.at(-1);
  return last === undefined ? null : pointShape(last);
}

/** The fraction of a line's length at which it is nearest to a point. (geo-line-locate-point-function) */
export function geoLineLocatePoint(shape: Value, longitude: Value, latitude: Value): Maybe<number> {
  const [lines, point] = [linesOf(shape), placeOf(longitude, latitude)];
  const [line] = lines ?? [];
  if (line === undefined || lines?.length !== 1 || point === null) return null;
  const edges = edgesOfLine(line);
  let best = { angle: Number.POSITIVE_INFINITY, at: 0 };
  let before = 0;
  for (const [a, b] of edges) {
    const found = nearestOnEdge(point, a, b);
    const angle = angleBetween(point, found);
    if (angle < best.angle) best = { angle, at: before + angleBetween(a, found) };
    before += angleBetween(a, b);
  }
  return best.at / before;
}

const anyMeet = (left: readonly GeoEdge[], right: readonly GeoEdge[]): boolean =>
  left.some(([a, b]) => right.some(([c, d]) => edgesMeet(a, b, c, d)));
const anyInside = (points: readonly SpherePoint[], polygons: readonly Polygon[]): boolean =>
  points.some((point) => polygons.some((polygon) => isInPolygon(point, polygon)));

function polygonsMeet(a: readonly Polygon[], b: readonly Polygon[]): boolean {
  return anyMeet(polygonEdges(a), polygonEdges(b)) || anyInside(a.flat(2), b) || anyInside(b.flat(2), a);
}

/** (geo-intersects-2lines-function) */
export function geoIntersects2lines(left: Value, right: Value): Maybe<boolean> {
  const [a, b] = [linesOf(left), linesOf(right)];
  return a && b && anyMeet(lineEdges(a), lineEdges(b));
}
/** (geo-intersects-line-with-polygon-function) */
export function geoIntersectsLineWithPolygon(line: Value, polygon: Value): Maybe<boolean> {
  const [a, b] = [linesOf(line), polygonsOf(polygon)];
  return a && b && (anyMeet(lineEdges(a), polygonEdges(b)) || anyInside(a.flat(), b));
}
/** (geo-intersects-2polygons-function) */
export function geoIntersects2polygons(left: Value, right: Value): Maybe<boolean> {
  const [a, b] = [polygonsOf(left), polygonsOf(right)];
  return a && b && polygonsMeet(a, b);
}

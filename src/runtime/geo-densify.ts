import { type Bag, type DynamicArray, isArray, isBag, type Maybe, type Value } from "../types/value.ts";
import { toreal } from "./convert.ts";
import { linesOf, polygonsOf } from "./geo-shapes.ts";
import { numberIn } from "./series-elements.ts";
import {
  alongEdge,
  angleBetween,
  crossProduct,
  dotProduct,
  earthRadius,
  normalOf,
  positionOf,
  type SpherePoint,
  scaledVector,
  unitVector,
  vectorOf,
  vectorSum,
} from "./sphere.ts";

// Edges that are straight on a map, as chains of edges that are short enough to be so on the sphere too: halved again and again until two
// probes near their thirds lie within the tolerance, as the S2 library does it. (geo-line-densify-function, geo-polygon-densify-function)

/** Longitude and latitude as given; beyond 180 degrees they go on around the earth. */
type Flat = readonly [longitude: number, latitude: number];

const probe = 0.31215691082248315;
/** The probes find at least this part of the greatest error. */
const probedPart = 0.8382999256988851;
const mostHalvings = 32;

const partWay = (a: Flat, b: Flat, part: number): Flat => [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
const onSphere = (place: Flat): SpherePoint => vectorOf(place[0], place[1]);

/** The places after the first that a map's edge becomes. */
function chainOf(a: Flat, b: Flat, tolerance: number, depth = 0): readonly Flat[] {
  const [from, to] = [onSphere(a), onSphere(b)];
  const error = (part: number): number => angleBetween(alongEdge(from, to, part), onSphere(partWay(a, b, part)));
  const isNear = dotProduct(from, to) >= 0 && Math.max(error(probe), error(1 - probe)) <= tolerance * probedPart;
  if (isNear || depth >= mostHalvings) return [b];
  const middle = partWay(a, b, 0.5);
  return [...chainOf(a, middle, tolerance, depth + 1), ...chainOf(middle, b, tolerance, depth + 1)];
}

function flatOf(coordinates: Value): readonly Flat[] {
  if (!isArray(coordinates)) return [];
  return coordinates.map((place) => (isArray(place) ? [numberIn(place[0]) ?? 0, numberIn(place[1]) ?? 0] : [0, 0]));
}
const densified = (places: readonly Flat[], tolerance: number): readonly Flat[] =>
  places.flatMap((place, i) => chainOf(places[i - 1] ?? place, place, tolerance));

/** From 0.1 to 10,000 meters, 10 unless said; null outside. */
function toleranceOf(meters: Value): number | null {
  const tolerance = toreal(meters);
  return tolerance === null || !(tolerance >= 0.1 && tolerance <= 10_000) ? null : tolerance / earthRadius;
}

const turnsAround = ([longitude]: Flat): number => Math.floor((longitude + 180) / 360);
/** As far as a line goes towards the antimeridian. */
const lastLongitude = 179.999999999999;

/** The place of an edge at a longitude. */
function atLongitude(a: Flat, b: Flat, longitude: number): DynamicArray {
  const radians = (longitude * Math.PI) / 180;
  const point = unitVector(
    crossProduct(normalOf(onSphere(a), onSphere(b)), [-Math.sin(radians), Math.cos(radians), 0]),
  );
  const near = dotProduct(point, vectorSum(onSphere(a), onSphere(b))) < 0 ? scaledVector(point, -1) : point;
  return [longitude, positionOf(near)[1]];
}

/** A line in pieces that do not cross the antimeridian. */
function piecesOfLine(places: readonly Flat[]): readonly DynamicArray[] {
  const found: DynamicArray[][] = [[]];
  places.forEach((place, i) => {
    const before = places[i - 1];
    if (before !== undefined && turnsAround(before) !== turnsAround(place)) {
      const side = turnsAround(place) > turnsAround(before) ? lastLongitude : -lastLongitude;
      found.at(-1)?.push(atLongitude(before, place, side));
      found.push([atLongitude(before, place, -side)]);
    }
    found.at(-1)?.push([...positionOf(onSphere(place))]);
  });
  return found;
}

/** (geo-line-densify-function) */
export function geoLineDensify(shape: Value, meters: Value = 10): Maybe<Bag> {
  const tolerance = toleranceOf(meters);
  if (!isBag(shape) || linesOf(shape) === null || tolerance === null) return null;
  const { coordinates = null } = shape;
  const several = shape.type === "MultiLineString" && isArray(coordinates) ? coordinates : [coordinates];
  const lines = several.flatMap((line) => piecesOfLine(densified(flatOf(line), tolerance)));
  const [only] = lines;
  return only !== undefined && lines.length === 1 && shape.type === "LineString"
    ? { type: "LineString", coordinates: only }
    : { type: "MultiLineString", coordinates: lines };
}

/**
 * (geo-polygon-densify-function)
 *
 * @throws RangeError for a polygon that goes beyond 180 degrees, which would have to be cut
 */
export function geoPolygonDensify(shape: Value, meters: Value = 10): Maybe<Bag> {
  const tolerance = toleranceOf(meters);
  if (!isBag(shape) || polygonsOf(shape) === null || tolerance === null) return null;
  const ring = (places: Value): DynamicArray => {
    const flat = flatOf(places);
    if (flat.some(([longitude]) => Math.abs(longitude) > 180))
      throw new RangeError("polygons across the antimeridian are not densified");
    return densified(flat, tolerance).map((place) => [...positionOf(onSphere(place))]);
  };
  const polygon = (rings: Value): DynamicArray => (isArray(rings) ? rings.map(ring) : []);
  const { coordinates = null } = shape;
  if (shape.type === "Polygon") return { type: "Polygon", coordinates: polygon(coordinates) };
  return { type: "MultiPolygon", coordinates: isArray(coordinates) ? coordinates.map(polygon) : [] };
}

import type { Bag, Dynamic, DynamicArray, Maybe, Value } from "../types/value.ts";
import { edgesOf, edgesOfLine, isInPolygon, linesOf, type Polygon, polygonsOf, type Ring } from "./geo-shapes.ts";
import {
  alongEdge,
  angleBetween,
  crossProduct,
  dotProduct,
  edgesCross,
  isInsideEdge,
  normalOf,
  positionOf,
  type SpherePoint,
  samePoint,
  scaledVector,
  unitVector,
  vectorSum,
} from "./sphere.ts";

// Shapes laid over one another: where edges cross, and which parts of them lie inside.

export type GeoEdge = readonly [SpherePoint, SpherePoint];

/** Where two edges that cross do so. */
function crossingOf([a, b]: GeoEdge, [c, d]: GeoEdge): SpherePoint {
  const point = unitVector(crossProduct(normalOf(a, b), normalOf(c, d)));
  return dotProduct(point, vectorSum(a, b)) < 0 ? scaledVector(point, -1) : point;
}

/** An edge cut where others cross it, and at their corners that lie on it, in its direction. */
export function cutBy(edge: GeoEdge, others: readonly GeoEdge[]): readonly GeoEdge[] {
  const [a, b] = edge;
  const crossings = others.filter(([c, d]) => edgesCross(a, b, c, d)).map((other) => crossingOf(edge, other));
  const corners = others.flat().filter((corner) => isInsideEdge(corner, a, b));
  const cuts = [...crossings, ...corners].sort((x, y) => angleBetween(a, x) - angleBetween(a, y));
  const points = [a, ...cuts, b];
  return points.slice(1).flatMap((to, i) => {
    const from = points[i] ?? a;
    return angleBetween(from, to) > 0 ? [[from, to] as const] : [];
  });
}

const middleOf = ([a, b]: GeoEdge): SpherePoint => alongEdge(a, b, 0.5);
export const sameEdge = ([a, b]: GeoEdge, [c, d]: GeoEdge): boolean => samePoint(a, c) && samePoint(b, d);
export const reversedEdge = ([a, b]: GeoEdge): GeoEdge => [b, a];

/** With the inside on its left, or on its right. */
export function directed(ring: Ring, left: boolean): Ring {
  const middle = ring.reduce<SpherePoint>(vectorSum, [0, 0, 0]);
  const around = edgesOf(ring).reduce((sum, [a, b]) => sum + dotProduct(normalOf(a, b), middle), 0);
  return around > 0 === left ? ring : ring.toReversed();
}
function directedEdges([outer = [], ...holes]: Polygon): readonly GeoEdge[] {
  return [directed(outer, true), ...holes.map((hole) => directed(hole, false))].flatMap(edgesOf);
}

/** The edges of the union of polygons, with the inside on their left. */
export function unionEdges(polygons: readonly Polygon[]): readonly GeoEdge[] {
  const edges = polygons.map(directedEdges);
  return polygons.flatMap((_, own) => {
    const others = edges.filter((_edge, i) => i !== own);
    const parts = (edges[own] ?? []).flatMap((edge) => cutBy(edge, others.flat()));
    return parts.filter((part) => {
      const hidden = polygons.some((polygon, i) => i !== own && isInPolygon(middleOf(part), polygon));
      const shared = edges.some((list, i) => i !== own && list.some((edge) => sameEdge(edge, reversedEdge(part))));
      const repeated = edges.slice(0, own).some((list) => list.some((edge) => sameEdge(edge, part)));
      return !hidden && !shared && !repeated;
    });
  });
}

/** Points and chained edges as one shape; the empty collection where there are none. */
export function shapeOf(points: readonly SpherePoint[], edges: readonly GeoEdge[]): Bag {
  const lines = chains(edges).map((line): DynamicArray => line.map((point) => [...positionOf(point)]));
  const places = points
    .filter((point, i) => points.findIndex((other) => samePoint(point, other)) === i)
    .filter((point) => !edges.some(([a, b]) => samePoint(point, a) || samePoint(point, b)))
    .map((point): DynamicArray => [...positionOf(point)]);
  const shapes = [...collected("Point", "MultiPoint", places), ...collected("LineString", "MultiLineString", lines)];
  const [only] = shapes;
  return only !== undefined && shapes.length === 1 ? only : { type: "GeometryCollection", geometries: shapes };
}
function collected(one: string, several: string, coordinates: readonly Dynamic[]): readonly Bag[] {
  const [only] = coordinates;
  if (only === undefined) return [];
  return [coordinates.length === 1 ? { type: one, coordinates: only } : { type: several, coordinates }];
}

function chains(edges: readonly GeoEdge[]): readonly (readonly SpherePoint[])[] {
  const found: SpherePoint[][] = [];
  for (const [a, b] of edges) {
    const last = found.at(-1);
    const end = last?.at(-1);
    if (last !== undefined && end !== undefined && samePoint(end, a)) last.push(b);
    else found.push([a, b]);
  }
  return found;
}

/** Edges cut where they meet others. */
const cutAll = (edges: readonly GeoEdge[], others: readonly GeoEdge[]): readonly GeoEdge[] =>
  edges.flatMap((edge) => cutBy(edge, others));
const isAmong = (edge: GeoEdge, edges: readonly GeoEdge[]): boolean =>
  edges.some((other) => sameEdge(edge, other) || sameEdge(edge, reversedEdge(other)));

/** The corners that edges share once they are cut at one another. */
export function pointsShared(a: readonly GeoEdge[], b: readonly GeoEdge[]): readonly SpherePoint[] {
  const others = cutAll(b, a).flat();
  return cutAll(a, b)
    .flat()
    .filter((point) => others.some((other) => samePoint(point, other)));
}

/** The points, or the edges, that two lines share. (geo-intersection-2lines-function) */
export function geoIntersection2lines(left: Value, right: Value): Maybe<Bag> {
  const [a, b] = [linesOf(left)?.flatMap(edgesOfLine), linesOf(right)?.flatMap(edgesOfLine)];
  if (a === undefined || b === undefined) return null;
  const others = cutAll(b, a);
  return shapeOf(
    pointsShared(a, b),
    cutAll(a, b).filter((edge) => isAmong(edge, others)),
  );
}

/** The parts of a line inside a polygon. (geo-intersection-line-with-polygon-function) */
export function geoIntersectionLineWithPolygon(line: Value, polygon: Value): Maybe<Bag> {
  const [edges, polygons] = [linesOf(line)?.flatMap(edgesOfLine), polygonsOf(polygon)];
  if (edges === undefined || polygons === null) return null;
  const borders = polygons.flat().flatMap(edgesOf);
  const cutBorders = cutAll(borders, edges);
  const inside = cutAll(edges, borders).filter(
    (part) => isAmong(part, cutBorders) || polygons.some((one) => isInPolygon(middleOf(part), one)),
  );
  return shapeOf(pointsShared(edges, borders), inside);
}

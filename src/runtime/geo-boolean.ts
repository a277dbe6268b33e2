import { type Bag, type DynamicArray, isArray, type Maybe, type Value } from "../types/value.ts";
import { cutBy, directed, type GeoEdge, pointsShared, reversedEdge, sameEdge, shapeOf } from "./geo-overlay.ts";
import { edgesOf, isInRing, type Polygon, polygonsOf, type Ring } from "./geo-shapes.ts";
import { alongEdge, crossProduct, dotProduct, positionOf, type SpherePoint, samePoint, unitVector } from "./sphere.ts";

// Unions and intersections of polygons. Rings come out with the corners in the order of the S2 library: after the last piece of the edge
// that was given last. (geo-union-polygons-array-function, geo-intersection-2polygons-function)

/** Rings with the inside on their left: outer ones counterclockwise, holes clockwise. */
type Region = readonly Ring[];

const regionOf = (polygons: readonly Polygon[]): Region =>
  polygons.flatMap(([outer = [], ...holes]) => [directed(outer, true), ...holes.map((hole) => directed(hole, false))]);

const isOuter = (ring: Ring): boolean => directed(ring, true) === ring;
const isInRegion = (point: SpherePoint, region: Region): boolean =>
  region.reduce((depth, ring) => depth + (isInRing(point, ring) ? (isOuter(ring) ? 1 : -1) : 0), 0) > 0;

/** A piece of a border, and the number of the edge that it was cut from. */
interface Piece {
  readonly edge: GeoEdge;
  readonly id: number;
}

/** The borders of the union, or of the intersection, of two regions. */
function overlay(left: Region, right: Region, union: boolean): readonly (readonly Piece[])[] {
  const [a, b] = [left.flatMap(edgesOf), right.flatMap(edgesOf)];
  const pieces = (own: readonly GeoEdge[], other: readonly GeoEdge[], first: number): readonly Piece[] =>
    own.flatMap((edge, i) => cutBy(edge, other).map((part) => ({ edge: part, id: first + i })));
  const [ofLeft, ofRight] = [pieces(a, b, 0), pieces(b, a, a.length)];
  const isKept = ({ edge }: Piece, others: readonly Piece[], region: Region, first: boolean): boolean => {
    if (others.some((other) => sameEdge(other.edge, edge))) return first;
    if (others.some((other) => sameEdge(other.edge, reversedEdge(edge)))) return false;
    return isInRegion(alongEdge(...edge, 0.5), region) !== union;
  };
  return ringsOf([
    ...ofLeft.filter((piece) => isKept(piece, ofRight, right, true)),
    ...ofRight.filter((piece) => isKept(piece, ofLeft, left, false)),
  ]);
}

/** Pieces end to end; where several go on from a corner, the one that turns left most. */
function ringsOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const free = new Set(pieces);
  const rings: (readonly Piece[])[] = [];
  for (const start of pieces) {
    if (!free.delete(start)) continue;
    const ring = [start];
    for (let last = start; !samePoint(last.edge[1], start.edge[0]); ) {
      const next = [...free].filter((piece) => samePoint(piece.edge[0], last.edge[1]));
      const chosen = next.toSorted((x, y) => wedge(last.edge, x.edge) - wedge(last.edge, y.edge))[0];
      if (chosen === undefined) break;
      free.delete(chosen);
      ring.push(chosen);
      last = chosen;
    }
    rings.push(rotatedRing(ring));
  }
  return rings.toSorted(([x], [y]) => (x?.id ?? 0) - (y?.id ?? 0));
}

/** The angle between an edge and the next one, on their left. */
function wedge([before, corner]: GeoEdge, [, after]: GeoEdge): number {
  const east = unitVector(crossProduct([corner[1], corner[2], corner[0]], corner));
  const north = crossProduct(corner, east);
  const direction = (point: SpherePoint): number => Math.atan2(dotProduct(point, north), dotProduct(point, east));
  const angle = direction(before) - direction(after);
  return angle > 0 ? angle : angle + 2 * Math.PI;
}

function rotatedRing(ring: readonly Piece[]): readonly Piece[] {
  const highest = Math.max(...ring.map((piece) => piece.id));
  const at = ring.findIndex((piece, i) => piece.id === highest && ring[(i + 1) % ring.length]?.id !== highest);
  return [...ring.slice(at + 1), ...ring.slice(0, at + 1)];
}

const cornersOf = (ring: readonly Piece[]): Ring => ring.map(({ edge: [from] }) => from);
const unionOf = (left: Region, right: Region): Region => overlay(left, right, true).map(cornersOf);

function regionShape(region: Region): Bag {
  const holes = region.filter((ring) => !isOuter(ring));
  const polygons = region.filter(isOuter).map((outer): DynamicArray => {
    const own = holes.filter(([corner]) => corner !== undefined && isInRing(corner, outer));
    return [outer, ...own].map((ring) => [...ring, ...ring.slice(0, 1)].map((point) => [...positionOf(point)]));
  });
  const [only] = polygons;
  if (only !== undefined && polygons.length === 1) return { type: "Polygon", coordinates: only };
  return polygons.length === 0
    ? { type: "GeometryCollection", geometries: [] }
    : { type: "MultiPolygon", coordinates: polygons };
}

/** What two polygons share: polygons, or the points and edges where they only touch. (geo-intersection-2polygons-function) */
export function geoIntersection2polygons(left: Value, right: Value): Maybe<Bag> {
  const [a, b] = [polygonsOf(left), polygonsOf(right)];
  if (a === null || b === null) return null;
  const rings = overlay(regionOf(a), regionOf(b), false).map(cornersOf);
  if (rings.length > 0) return regionShape(rings);
  const [ofLeft, ofRight] = [regionOf(a).flatMap(edgesOf), regionOf(b).flatMap(edgesOf)];
  const shared = ofLeft.filter((edge) => ofRight.some((other) => sameEdge(other, reversedEdge(edge))));
  return shapeOf(pointsShared(ofLeft, ofRight), shared);
}

const cornerCount = (region: Region): number => region.reduce((sum, ring) => sum + ring.length, 0);

/** The union of polygons, the smallest two first. (geo-union-polygons-array-function) */
export function geoUnionPolygonsArray(shapes: Value): Maybe<Bag> {
  if (!isArray(shapes) || shapes.length === 0) return null;
  const regions: Region[] = [];
  const insert = (region: Region): void => {
    const at = regions.findIndex((other) => cornerCount(other) > cornerCount(region));
    regions.splice(at < 0 ? regions.length : at, 0, region);
  };
  for (const shape of shapes) {
    const polygons = polygonsOf(shape);
    if (polygons === null) return null;
    insert(regionOf(polygons));
  }
  for (;;) {
    const [first, second] = regions.splice(0, 2);
    if (first === undefined) return null;
    if (second === undefined) return regionShape(first);
    insert(unionOf(first, second));
  }
}

import type { DynamicArray, Maybe, Value } from "../types/value.ts";
import { toLongOr } from "./convert.ts";
import { geoLineLength, geoPolygonArea } from "./geo-measures.ts";
import type { GeoEdge } from "./geo-overlay.ts";
import { edgesOf, edgesOfLine, isInPolygon, linesOf, type Polygon, polygonsOf } from "./geo-shapes.ts";
import { cellAround, cornersOfCell, neighborsOfCell, type S2Cell, tokenOf } from "./s2-cells.ts";
import { earthRadius, edgesCross } from "./sphere.ts";

/** The engine gives no more cells than these. */
const mostCells = 65_536;
const defaultLevel = 11;

/** The cells of one level that a shape reaches, in the order of the curve; null where they are too many. */
function covering(edges: readonly GeoEdge[], polygons: readonly Polygon[], level: number): DynamicArray | null {
  const seen = new Set<string>();
  const found: string[] = [];
  const waiting: S2Cell[] = [];
  const visit = (cell: S2Cell, reached: boolean): void => {
    const token = tokenOf(cell);
    if (seen.has(token)) return;
    seen.add(token);
    if (!reached && !reaches(cell, edges, polygons)) return;
    found.push(token);
    waiting.push(cell);
  };
  for (const [corner] of edges) visit(cellAround(corner, level), true);
  for (const [, corner] of edges) visit(cellAround(corner, level), true);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.length > mostCells) return null;
    for (const neighbor of neighborsOfCell(next)) visit(neighbor, false);
  }
  return found.toSorted();
}

function reaches(cell: S2Cell, edges: readonly GeoEdge[], polygons: readonly Polygon[]): boolean {
  const corners = cornersOfCell(cell);
  if (corners.some((corner) => polygons.some((polygon) => isInPolygon(corner, polygon)))) return true;
  const sides = edgesOf(corners);
  return edges.some(([a, b]) => sides.some(([c, d]) => edgesCross(a, b, c, d)));
}

function levelOf(level: Value | undefined): number | null {
  const wanted = level === undefined ? defaultLevel : toLongOr(level, -1);
  return wanted < 0 || wanted > 30 ? null : wanted;
}

/** The least area and length of a cell, in square meters and meters. */
const leastArea = (level: number): number => (1.7 * earthRadius ** 2) / 4 ** level;
const leastLength = (level: number): number => (0.9 * earthRadius) / 2 ** level;

/** (geo-polygon-to-s2cells-function) */
export function geoPolygonToS2cells(shape: Value, level?: Value): Maybe<DynamicArray> {
  const [polygons, size] = [polygonsOf(shape), levelOf(level)];
  if (polygons === null || size === null) return null;
  if ((geoPolygonArea(shape) ?? 0) > 2 * mostCells * leastArea(size)) return null;
  return covering(polygons.flat().flatMap(edgesOf), polygons, size);
}

/** (geo-line-to-s2cells-function) */
export function geoLineToS2cells(shape: Value, level?: Value): Maybe<DynamicArray> {
  const [lines, size] = [linesOf(shape), levelOf(level)];
  if (lines === null || size === null) return null;
  if ((geoLineLength(shape) ?? 0) > 4 * mostCells * leastLength(size)) return null;
  return covering(lines.flatMap(edgesOfLine), [], size);
}

import { scalar } from "./define.ts";
import type { H3Function, ParameterType, ScalarFunction } from "./row.ts";

const number: ParameterType = "number";
const shape: ParameterType = "dynamic";
const flag: ParameterType = ["bool", "int", "long", "real", "decimal"];

/** What needs the geometry of H3 cells. */
const h3Functions: Readonly<Record<H3Function, true>> = {
  geoPointToH3cell: true,
  geoH3cellNeighbors: true,
  geoH3cellRings: true,
  geoH3cellToCentralPoint: true,
  geoH3cellToPolygon: true,
  geoPolygonToH3cells: true,
};

export const h3Names: readonly string[] = Object.keys(h3Functions);

export function isH3(name: string): name is H3Function {
  return Object.hasOwn(h3Functions, name);
}

/** Geography: longitudes and latitudes in degrees, lengths in meters, shapes in GeoJSON. */
export const geo: readonly ScalarFunction[] = [
  scalar("geo_from_wkt", [["string", "dynamic"]], "dynamic", { run: "geoFromWkt" }),
  scalar("geo_angle", [number, number, number, number, number, number], "real", { run: "geoAngle" }),
  scalar("geo_azimuth", [number, number, number, number], "real", { run: "geoAzimuth" }),
  scalar("geo_distance_2points", [number, number, number, number, flag], "real", {
    optional: 1,
    run: "geoDistance2points",
    runsUpTo: 4,
  }),
  scalar("geo_point_in_circle", [number, number, number, number, number], "bool", { run: "geoPointInCircle" }),
  scalar("geo_point_in_polygon", [number, number, shape], "bool", { run: "geoPointInPolygon" }),
  scalar("geo_point_buffer", [number, number, number, number], "dynamic", { optional: 1, run: "geoPointBuffer" }),
  scalar("geo_closest_point_on_line", [number, number, shape], "dynamic", { run: "geoClosestPointOnLine" }),
  scalar("geo_closest_point_on_polygon", [number, number, shape], "dynamic", { run: "geoClosestPointOnPolygon" }),
  scalar("geo_distance_point_to_line", [number, number, shape], "real", { run: "geoDistancePointToLine" }),
  scalar("geo_distance_point_to_polygon", [number, number, shape], "real", { run: "geoDistancePointToPolygon" }),
  scalar("geo_intersects_2lines", [shape, shape], "bool", { run: "geoIntersects2lines" }),
  scalar("geo_intersects_2polygons", [shape, shape], "bool", { run: "geoIntersects2polygons" }),
  scalar("geo_intersects_line_with_polygon", [shape, shape], "bool", { run: "geoIntersectsLineWithPolygon" }),
  scalar("geo_intersection_2lines", [shape, shape], "dynamic", { run: "geoIntersection2lines" }),
  scalar("geo_intersection_2polygons", [shape, shape], "dynamic", { run: "geoIntersection2polygons" }),
  scalar("geo_intersection_line_with_polygon", [shape, shape], "dynamic", { run: "geoIntersectionLineWithPolygon" }),
  scalar("geo_union_lines_array", [shape], "dynamic"),
  scalar("geo_union_polygons_array", [shape], "dynamic", { run: "geoUnionPolygonsArray" }),
  scalar("geo_simplify_polygons_array", [shape, number], "dynamic", { optional: 1 }),
  scalar("geo_line_buffer", [shape, number, number], "dynamic", { optional: 1 }),
  scalar("geo_line_centroid", [shape], "dynamic", { run: "geoLineCentroid" }),
  scalar("geo_line_densify", [shape, number, flag], "dynamic", { optional: 2, run: "geoLineDensify", runsUpTo: 2 }),
  scalar("geo_line_interpolate_point", [shape, number], "dynamic", { run: "geoLineInterpolatePoint" }),
  scalar("geo_line_length", [shape], "real", { run: "geoLineLength" }),
  scalar("geo_line_locate_point", [shape, number, number, flag], "real", {
    optional: 1,
    run: "geoLineLocatePoint",
    runsUpTo: 3,
  }),
  scalar("geo_line_simplify", [shape, number], "dynamic", { optional: 1 }),
  scalar("geo_line_to_s2cells", [shape, number, number], "dynamic", {
    optional: 2,
    run: "geoLineToS2cells",
    runsUpTo: 2,
  }),
  scalar("geo_polygon_area", [shape], "real", { run: "geoPolygonArea" }),
  scalar("geo_polygon_buffer", [shape, number, number], "dynamic", { optional: 1 }),
  scalar("geo_polygon_centroid", [shape], "dynamic", { run: "geoPolygonCentroid" }),
  scalar("geo_polygon_densify", [shape, number, flag], "dynamic", {
    optional: 2,
    run: "geoPolygonDensify",
    runsUpTo: 2,
  }),
  scalar("geo_polygon_perimeter", [shape], "real", { run: "geoPolygonPerimeter" }),
  scalar("geo_polygon_simplify", [shape, number], "dynamic", { optional: 1 }),
  scalar("geo_polygon_to_h3cells", [shape, number, number], "dynamic", {
    optional: 2,
    run: "geoPolygonToH3cells",
    runsUpTo: 2,
  }),
  scalar("geo_polygon_to_s2cells", [shape, number, number], "dynamic", {
    optional: 2,
    run: "geoPolygonToS2cells",
    runsUpTo: 2,
  }),
  scalar("geo_point_to_geohash", [number, number, number], "string", {
    optional: 1,
    run: "geoPointToGeohash",
    nulls: "handles",
  }),
  scalar("geo_geohash_neighbors", ["string"], "dynamic", { run: "geoGeohashNeighbors" }),
  scalar("geo_geohash_to_central_point", ["string"], "dynamic", { run: "geoGeohashToCentralPoint" }),
  scalar("geo_geohash_to_polygon", ["string"], "dynamic", { run: "geoGeohashToPolygon" }),
  scalar("geo_point_to_s2cell", [number, number, number], "string", {
    optional: 1,
    run: "geoPointToS2cell",
    nulls: "handles",
  }),
  scalar("geo_s2cell_neighbors", ["string"], "dynamic", { run: "geoS2cellNeighbors" }),
  scalar("geo_s2cell_to_central_point", ["string"], "dynamic", { run: "geoS2cellToCentralPoint" }),
  scalar("geo_s2cell_to_polygon", ["string"], "dynamic", { run: "geoS2cellToPolygon" }),
  scalar("geo_point_to_h3cell", [number, number, number], "string", {
    optional: 1,
    run: "geoPointToH3cell",
    nulls: "handles",
  }),
  scalar("geo_h3cell_children", ["string", number], "dynamic", { optional: 1, run: "geoH3cellChildren" }),
  scalar("geo_h3cell_level", ["string"], "int", { run: "geoH3cellLevel" }),
  scalar("geo_h3cell_neighbors", ["string"], "dynamic", { run: "geoH3cellNeighbors" }),
  scalar("geo_h3cell_parent", ["string", number], "string", { optional: 1, run: "geoH3cellParent", nulls: "handles" }),
  scalar("geo_h3cell_rings", ["string", number], "dynamic", { run: "geoH3cellRings" }),
  scalar("geo_h3cell_to_central_point", ["string"], "dynamic", { run: "geoH3cellToCentralPoint" }),
  scalar("geo_h3cell_to_polygon", ["string"], "dynamic", { run: "geoH3cellToPolygon" }),
];

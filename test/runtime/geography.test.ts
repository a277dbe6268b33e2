import { describe, expect, it } from "vitest";
import * as r from "../../src/runtime/index.ts";

const square = {
  type: "Polygon",
  coordinates: [
    [
      [0, 0],
      [2, 0],
      [2, 2],
      [0, 2],
      [0, 0],
    ],
  ],
};
const shifted = {
  type: "Polygon",
  coordinates: [
    [
      [1, 0],
      [3, 0],
      [3, 2],
      [1, 2],
      [1, 0],
    ],
  ],
};
const far = {
  type: "Polygon",
  coordinates: [
    [
      [50, 50],
      [51, 50],
      [51, 51],
      [50, 50],
    ],
  ],
};
const multi = (...polygons: readonly { readonly coordinates: r.Dynamic }[]): r.Dynamic => ({
  type: "MultiPolygon",
  coordinates: polygons.map((p) => p.coordinates),
});

describe("places", () => {
  it("distances, directions and angles", () => {
    expect(r.geoDistance2points(0, 0, 90, 0)).toBeCloseTo((6_371_010 * Math.PI) / 2, 3);
    expect(r.geoAzimuth(0, 0, 10, 0)).toBeCloseTo(Math.PI / 2, 12);
    expect(r.geoAngle(0, 10, 0, 5, 3, -10)).toBeCloseTo(2.94493843406882, 10);
    expect(r.geoAzimuth(5, 10, 5, 10)).toBeNull();
    expect(r.geoDistance2points(300, 1, 1, 1)).toBeNull();
  });
  it("lie in circles and polygons, not in holes", () => {
    expect(r.geoPointInCircle(0, 0, 0, 1, 112_000)).toBe(true);
    expect(r.geoPointInCircle(0, 0, 0, 1, 111_000)).toBe(false);
    expect(r.geoPointInPolygon(1, 1, square)).toBe(true);
    expect(r.geoPointInPolygon(181 - 360, 1, square)).toBe(false);
    const holed = {
      type: "Polygon",
      coordinates: [
        ...square.coordinates,
        [
          [0.5, 0.5],
          [1.5, 0.5],
          [1.5, 1.5],
          [0.5, 0.5],
        ],
      ],
    };
    expect(r.geoPointInPolygon(1.2, 0.8, holed)).toBe(false);
    expect(r.geoPointInPolygon(0.7, 1.2, holed)).toBe(true);
  });
});

describe("shapes that are not valid give null", () => {
  it.each([
    null,
    "x",
    { type: "Polygon" },
    {
      type: "Polygon",
      coordinates: [
        [
          [0, 0],
          [1, 1],
          [0, 0],
        ],
      ],
    },
    {
      type: "Polygon",
      coordinates: [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
        ],
      ],
    },
    {
      type: "Polygon",
      coordinates: [
        [
          [0, 0],
          [1, 1],
          [1, 0],
          [0, 1],
          [0, 0],
        ],
      ],
    },
    {
      type: "Polygon",
      coordinates: [
        [
          [0, 95],
          [1, 0],
          [1, 1],
          [0, 95],
        ],
      ],
    },
  ])("%j", (shape) => {
    expect(r.geoPolygonArea(shape)).toBeNull();
    expect(r.geoPointInPolygon(0, 0, shape)).toBeNull();
  });
});

describe("measures", () => {
  it("polygons that overlap count as their union", () => {
    const [one, other, both] = [
      r.geoPolygonArea(square),
      r.geoPolygonArea(shifted),
      r.geoPolygonArea(multi(square, far)),
    ];
    expect(one).toBeCloseTo(other ?? 0, 1);
    expect(both).toBeCloseTo((one ?? 0) + (r.geoPolygonArea(far) ?? 0), 0);
    expect((r.geoPolygonArea(multi(square, shifted)) ?? 0) / (one ?? 1)).toBeCloseTo(1.5, 3);
    expect(r.geoIntersects2polygons(square, shifted)).toBe(true);
    expect(r.geoIntersects2polygons(square, far)).toBe(false);
  });
  it("lines have a length, a middle, and places at fractions of it", () => {
    const line = {
      type: "LineString",
      coordinates: [
        [0, 0],
        [10, 0],
      ],
    };
    expect(r.geoLineLength(line)).toBeCloseTo((6_371_010 * Math.PI) / 18, 3);
    expect(r.geoLineLocatePoint(line, 2.5, 1)).toBeCloseTo(0.25, 3);
    expect(r.geoDistancePointToLine(5, 1, line)).toBeCloseTo((6_371_010 * Math.PI) / 180, 3);
    expect(r.geoLineInterpolatePoint(line, 2)).toBeNull();
  });
  it("what lines and polygons share", () => {
    const across = {
      type: "LineString",
      coordinates: [
        [-1, 1],
        [5, 1],
      ],
    };
    expect(JSON.stringify(r.geoIntersectionLineWithPolygon(across, far))).toBe(
      '{"type":"GeometryCollection","geometries":[]}',
    );
    expect(r.geoIntersectionLineWithPolygon(across, square)).toMatchObject({ type: "LineString" });
    expect(
      r.geoIntersection2lines(across, {
        type: "LineString",
        coordinates: [
          [1, -1],
          [1, 5],
        ],
      }),
    ).toMatchObject({ type: "Point" });
  });
  it("a circle's corners lie on it", () => {
    const circle = r.geoPointBuffer(10, 20, 1000, 5);
    const [ring] = (circle as unknown as { coordinates: number[][][] }).coordinates;
    for (const [longitude = 0, latitude = 0] of ring ?? [])
      expect(r.geoDistance2points(10, 20, longitude, latitude)).toBeCloseTo(1000, 4);
    expect(r.geoPointBuffer(10, 20, -1)).toBeNull();
  });
});

describe("cells", () => {
  it("geohash: a place lies in its cell", () => {
    expect(r.geoPointToGeohash(-80.195829, 25.802215, 8)).toBe("dhwfz15h");
    expect(r.geoPointToGeohash(1, 1, 19)).toBe("");
    expect(r.geoGeohashToCentralPoint("a")).toBeNull();
    expect(r.geoGeohashNeighbors("u")).toHaveLength(5);
  });
  it("S2: every level's cell holds its own middle", () => {
    for (let level = 0; level <= 30; level++) {
      const token = r.geoPointToS2cell(-74.0445, 40.6892, level);
      const [longitude = 0, latitude = 0] = (r.geoS2cellToCentralPoint(token) as unknown as { coordinates: number[] })
        .coordinates;
      expect(r.geoPointToS2cell(longitude, latitude, level)).toBe(token);
    }
    expect(r.geoPointToS2cell(1, 1, 31)).toBe("");
    expect(r.geoS2cellNeighbors("1")).toHaveLength(4);
    expect(r.geoS2cellNeighbors("a")).toBeNull();
  });
  it("H3: parents and children", () => {
    const children = r.geoH3cellChildren("862a1072fffffff") ?? [];
    expect(children).toHaveLength(7);
    expect(new Set(children.map((child) => r.geoH3cellParent(child)))).toEqual(new Set(["862a1072fffffff"]));
    expect(r.geoH3cellChildren("8009fffffffffff")).toHaveLength(6);
    expect(r.geoH3cellLevel("abc")).toBeNull();
  });
  it("well-known text", () => {
    expect(r.geoFromWkt("POINT (1.5 -2)")).toEqual({ type: "Point", coordinates: [1.5, -2] });
    expect(r.geoFromWkt("MULTIPOINT ((1 2), (3 4))")).toEqual({
      type: "MultiPoint",
      coordinates: [
        [1, 2],
        [3, 4],
      ],
    });
    for (const text of [
      "",
      "LINESTRING",
      "POINT (1)",
      "POINT (1 2",
      "POINT (1 2) x",
      `GEOMETRYCOLLECTION (`.repeat(10_000),
    ])
      expect(r.geoFromWkt(text)).toBeNull();
  });
});

describe("shapes made of shapes", () => {
  const rings = (shape: unknown): number[][][] => (shape as { coordinates: number[][][] }).coordinates;

  it("the union of two polygons has the corners of both that lie outside the other", () => {
    const union = r.geoUnionPolygonsArray([square, shifted]);
    expect(union).toMatchObject({ type: "Polygon" });
    expect((r.geoPolygonArea(union) ?? 0) / (r.geoPolygonArea(multi(square, shifted)) ?? 1)).toBeCloseTo(1, 9);
    expect(r.geoUnionPolygonsArray([square, far])).toMatchObject({ type: "MultiPolygon" });
    expect(r.geoUnionPolygonsArray([square, { type: "Polygon" }])).toBeNull();
  });
  it("area of union and intersection add up to both", () => {
    const tilted = {
      type: "Polygon",
      coordinates: [
        [
          [0.5, -1],
          [3, 1.2],
          [0.7, 4],
          [0.5, -1],
        ],
      ],
    };
    const [a, b] = [r.geoPolygonArea(square) ?? 0, r.geoPolygonArea(tilted) ?? 0];
    const union = r.geoPolygonArea(r.geoUnionPolygonsArray([square, tilted])) ?? 0;
    const common = r.geoPolygonArea(r.geoIntersection2polygons(square, tilted)) ?? 0;
    expect(common).toBeGreaterThan(0);
    expect((union + common) / (a + b)).toBeCloseTo(1, 9);
  });
  it("polygons that touch share a point, distant ones nothing", () => {
    const corner = {
      type: "Polygon",
      coordinates: [
        [
          [2, 2],
          [3, 2],
          [3, 3],
          [2, 2],
        ],
      ],
    };
    expect(r.geoIntersection2polygons(square, corner)).toMatchObject({ type: "Point" });
    expect(r.geoIntersection2polygons(square, far)).toEqual({ type: "GeometryCollection", geometries: [] });
  });
  it("lines that run along one another share the common part", () => {
    const line = (...coordinates: readonly (readonly number[])[]): r.Dynamic => ({ type: "LineString", coordinates });
    expect(r.geoIntersection2lines(line([0, 0], [2, 0]), line([3, 0], [1, 0]))).toMatchObject({
      type: "LineString",
      coordinates: [
        [expect.closeTo(1, 9), expect.closeTo(0, 9)],
        [expect.closeTo(2, 9), expect.closeTo(0, 9)],
      ],
    });
    expect(r.geoIntersection2lines(line([0, 0], [2, 0]), line([1, 0], [1, 5]))).toMatchObject({ type: "Point" });
  });
  it("dense lines keep near the straight line of the map, and are cut at the antimeridian", () => {
    const dense = r.geoLineDensify({
      type: "LineString",
      coordinates: [
        [10, 10],
        [11, 10],
      ],
    });
    expect((dense as unknown as { coordinates: number[][] }).coordinates.map(([longitude = 0]) => longitude)).toEqual(
      [10, 10.25, 10.5, 10.75, 11].map((n) => expect.closeTo(n, 9)),
    );
    expect(
      r.geoLineDensify({
        type: "LineString",
        coordinates: [
          [170, 0],
          [190, 0],
        ],
      }),
    ).toMatchObject({ type: "MultiLineString" });
    expect(r.geoPolygonDensify(square, 0)).toBeNull();
  });
  it("cells cover every corner of a polygon, and are not too many", () => {
    const cells = r.geoPolygonToS2cells(square, 8) ?? [];
    for (const [longitude = 0, latitude = 0] of rings(square)[0] ?? [])
      expect(cells).toContain(r.geoPointToS2cell(longitude, latitude, 8));
    expect(cells).toContain(r.geoPointToS2cell(1, 1, 8));
    expect(r.geoPolygonToS2cells(square, 30)).toBeNull();
  });
});

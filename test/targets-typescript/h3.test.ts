import { expect, it } from "vitest";
import { emitTypeScript } from "../../src/targets/typescript/index.ts";
import { cellsOf, emitted, planOf } from "./emit.ts";

const cell = "geo_point_to_h3cell(-74.0445, 40.6892, 6)";

it("H3 cells come from a module of their own", () => {
  const text = emitted(`print ${cell}, strcat('a', now())`);
  expect(text).toContain('import { geoPointToH3cell } from "ruleport/h3";\nimport {');
  expect(emitted("print strcat('a', now())")).not.toContain("h3");
});

it("a module without imports says that it cannot hold them", () => {
  const { text, notes } = emitTypeScript(planOf(`print ${cell}`), { standalone: true });
  expect(text).toBe("");
  expect(notes.map((n) => `${n.level} ${n.cause} ${n.construct}`)).toEqual(["unsupported library geoPointToH3cell"]);
});

it("run gives cells, their rings, outlines and middles", async () => {
  const rows = await cellsOf(
    `print c = ${cell} | project c, array_length(geo_h3cell_neighbors(c)), array_length(geo_h3cell_rings(c, 2)[2]),
      array_length(geo_h3cell_to_polygon(c).coordinates[0]), geo_h3cell_level(geo_h3cell_parent(c)),
      geo_point_to_h3cell(todouble(geo_h3cell_to_central_point(c).coordinates[0]), todouble(geo_h3cell_to_central_point(c).coordinates[1]), 6) == c`,
  );
  expect(rows).toEqual([["862a1072fffffff", 6, 12, 7, 5, true]]);
});

it("what is no cell, point or polygon gives null, or no text", async () => {
  const rows = await cellsOf(
    `print geo_point_to_h3cell(181, 0), geo_point_to_h3cell(1, 1, 16), geo_h3cell_rings("x", 1), geo_h3cell_rings("862a1072fffffff", 143),
      geo_polygon_to_h3cells(dynamic({"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]})),
      geo_polygon_to_h3cells(dynamic({"type": "Polygon", "coordinates": [[[-170, -80], [170, -80], [170, 80], [-170, 80], [-170, -80]]]}), 15)`,
  );
  expect(rows).toEqual([["", "", null, null, null, null]]);
});

const buffers = "shapes grown by a distance are not computed";
const simplification = "the engine's way to leave out points is not documented";
const rounding = "the last digits of coordinates: the order of the engine's operations is not known";
const cellOrder = "the cells are right, their order is that of h3-js";
const graphs = "graphs are read and bound, their rows are not computed";
const notSaid = "the reference does not say how the value comes about";

/**
 * The cases of the real engine's answers that do not agree, each with its cause. One that begins to agree must go from here, and
 * any other that does not agree fails.
 */
export const exceptions: Readonly<Record<string, string>> = {
  "docs/bin-auto-function-00": "bin_auto takes its size from a set statement, which has no effect here",
  "docs/estimate-data-size-function-00": "the sizes of values in the engine's memory are not documented for all types",
  "docs/geo-h3cell-neighbors-function-01": cellOrder,
  "docs/geo-line-buffer-function-00": buffers,
  "docs/geo-line-buffer-function-01": buffers,
  "docs/geo-line-buffer-function-02": buffers,
  "docs/geo-line-densify-function-00": rounding,
  "docs/geo-line-simplify-function-00": simplification,
  "docs/geo-line-simplify-function-03": simplification,
  "docs/geo-line-simplify-function-04": simplification,
  "docs/geo-line-simplify-function-05": simplification,
  "docs/geo-polygon-buffer-function-00": buffers,
  "docs/geo-polygon-buffer-function-01": buffers,
  "docs/geo-polygon-buffer-function-02": buffers,
  "docs/geo-polygon-buffer-function-03": buffers,
  "docs/geo-polygon-densify-function-01": rounding,
  "docs/geo-polygon-simplify-function-00": simplification,
  "docs/geo-polygon-simplify-function-04": simplification,
  "docs/geo-polygon-to-h3cells-function-00": cellOrder,
  "docs/geo-simplify-polygons-array-function-02": simplification,
  "docs/geo-union-lines-array-function-02": "lines are not joined to one shape",
  "docs/graph-mark-components-operator-00": graphs,
  "docs/graph-to-table-operator-00": graphs,
  "docs/hash-combine-function-00": notSaid,
  "docs/parse-user-agent-function-00": "needs the list of browsers that the engine carries",
  "docs/pattern-statement-00": "patterns are read, their definitions are not called",
  "docs/reduce-operator-02": "the engine's way to find patterns in texts is not documented",
  "docs/schema-merge-plugin-01": "the plugin schema_merge is read, its rows are not computed",
  "docs/schema-merge-plugin-02": "the plugin schema_merge is read, its rows are not computed",
  "docs/series-periods-validate-function-01": notSaid,
  "docs/series-seasonal-function-00": notSaid,
  "docs/zlib-base64-compress-function-00": "the bytes depend on the compressing library",
};

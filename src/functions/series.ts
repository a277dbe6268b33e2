import type { Column, ScalarType } from "../types/scalar-type.ts";
import { scalar } from "./define.ts";
import type { ParameterType, ScalarFunction } from "./row.ts";

type Run = NonNullable<ScalarFunction["run"]>;

const each = (name: string, run: Run): ScalarFunction => scalar(name, ["dynamic"], "dynamic", { run });
const item: ParameterType = ["dynamic", "int", "long", "real", "decimal"];
const pair = (name: string, run: Run): ScalarFunction => scalar(name, [item, item], "dynamic", { run });
const columns = (types: Readonly<Record<string, ScalarType>>): readonly Column[] =>
  Object.entries(types).map(([name, type]) => ({ name, type }));

const statistics = columns({
  min: "real",
  min_idx: "long",
  max: "real",
  max_idx: "long",
  avg: "real",
  stdev: "real",
  variance: "real",
});
const line = columns({
  rsquare: "real",
  slope: "real",
  variance: "real",
  rvariance: "real",
  interception: "real",
  line_fit: "dynamic",
});
const twoLines = columns({
  rsquare: "real",
  split_idx: "long",
  variance: "real",
  rvariance: "real",
  line_fit: "dynamic",
  right_rsquare: "real",
  right_slope: "real",
  right_interception: "real",
  right_variance: "real",
  right_rvariance: "real",
  left_rsquare: "real",
  left_slope: "real",
  left_interception: "real",
  left_variance: "real",
  left_rvariance: "real",
});
const polynomial = columns({
  rsquare: "real",
  coefficients: "dynamic",
  variance: "real",
  rvariance: "real",
  poly_fit: "dynamic",
});
const periods = columns({ periods: "dynamic", scores: "dynamic" });
const waves = columns({ real: "dynamic", imag: "dynamic" });
const parts = columns({ baseline: "dynamic", seasonal: "dynamic", trend: "dynamic", residual: "dynamic" });
const anomalies = columns({ ad_flag: "dynamic", ad_score: "dynamic", baseline: "dynamic" });

/** Arrays of numbers as time series. */
export const series: readonly ScalarFunction[] = [
  each("series_abs", "seriesAbs"),
  each("series_acos", "seriesAcos"),
  each("series_asin", "seriesAsin"),
  each("series_atan", "seriesAtan"),
  each("series_ceiling", "seriesCeiling"),
  each("series_cos", "seriesCos"),
  each("series_exp", "seriesExp"),
  each("series_floor", "seriesFloor"),
  each("series_log", "seriesLog"),
  each("series_sign", "seriesSign"),
  each("series_sin", "seriesSin"),
  each("series_tan", "seriesTan"),
  pair("series_add", "seriesAdd"),
  pair("series_subtract", "seriesSubtract"),
  pair("series_multiply", "seriesMultiply"),
  pair("series_divide", "seriesDivide"),
  pair("series_pow", "seriesPow"),
  pair("series_equals", "seriesEquals"),
  pair("series_not_equals", "seriesNotEquals"),
  pair("series_greater", "seriesGreater"),
  pair("series_greater_equals", "seriesGreaterEquals"),
  pair("series_less", "seriesLess"),
  pair("series_less_equals", "seriesLessEquals"),
  scalar("series_sum", ["dynamic"], "real", { run: "arraySum" }),
  scalar("series_product", ["dynamic"], "real", { run: "seriesProduct" }),
  scalar("series_magnitude", ["dynamic"], "real", { run: "seriesMagnitude" }),
  scalar("series_dot_product", [item, item], "real", { run: "seriesDotProduct" }),
  scalar("series_cosine_similarity", ["dynamic", "dynamic", "real", "real"], "real", {
    nulls: "handles",
    optional: 2,
    run: "seriesCosineSimilarity",
  }),
  scalar("series_pearson_correlation", ["dynamic", "dynamic"], "real", { run: "seriesPearsonCorrelation" }),
  scalar("series_stats", ["dynamic", "bool"], "real", {
    nulls: "handles",
    optional: 1,
    run: "seriesStats",
    tuple: { bag: "series_stats_dynamic", columns: statistics },
  }),
  scalar("series_stats_dynamic", ["dynamic", "bool"], "dynamic", {
    nulls: "handles",
    optional: 1,
    run: "seriesStatsDynamic",
  }),
  scalar("series_fit_line", ["dynamic"], "real", {
    run: "seriesFitLine",
    tuple: { bag: "series_fit_line_dynamic", columns: line },
  }),
  scalar("series_fit_line_dynamic", ["dynamic"], "dynamic", { run: "seriesFitLineDynamic" }),
  scalar("series_fit_2lines", ["dynamic"], "real", { tuple: { bag: "series_fit_2lines_dynamic", columns: twoLines } }),
  scalar("series_fit_2lines_dynamic", ["dynamic"], "dynamic"),
  scalar("series_fit_poly", ["dynamic", "dynamic", "int"], "real", { optional: 2, tuple: { columns: polynomial } }),
  scalar("series_fir", ["dynamic", "dynamic", "bool", "bool"], "dynamic", {
    nulls: "handles",
    optional: 2,
    run: "seriesFir",
    naming: "argument",
  }),
  scalar("series_iir", ["dynamic", "dynamic", "dynamic"], "dynamic", { run: "seriesIir", naming: "argument" }),
  scalar("series_fill_forward", ["dynamic", "any"], "dynamic", {
    optional: 1,
    nulls: "handles",
    run: "seriesFillForward",
    naming: "argument",
  }),
  scalar("series_fill_backward", ["dynamic", "any"], "dynamic", {
    optional: 1,
    nulls: "handles",
    run: "seriesFillBackward",
    naming: "argument",
  }),
  scalar("series_fill_const", ["dynamic", "any", "any"], "dynamic", {
    optional: 2,
    nulls: "handles",
    run: "seriesFillConst",
    naming: "argument",
  }),
  scalar("series_fill_linear", ["dynamic", "any", "bool", "any"], "dynamic", {
    optional: 3,
    nulls: "handles",
    run: "seriesFillLinear",
    naming: "argument",
  }),
  scalar("series_seasonal", ["dynamic", "long", "long"], "dynamic", {
    optional: 2,
    run: "seriesSeasonal",
    runsFrom: 2,
  }),
  scalar("series_outliers", ["dynamic", "string", "number", "real", "real", "long"], "dynamic", {
    optional: 5,
    naming: "argument",
  }),
  scalar("series_fft", ["dynamic", "dynamic"], "dynamic", { optional: 1, tuple: { columns: waves } }),
  scalar("series_ifft", ["dynamic", "dynamic"], "dynamic", { optional: 1, tuple: { columns: waves } }),
  scalar("series_periods_detect", ["dynamic", "number", "number", "long"], "dynamic", { tuple: { columns: periods } }),
  scalar("series_periods_validate", ["dynamic", "number"], "dynamic", { rest: "number", tuple: { columns: periods } }),
  scalar("series_decompose", ["dynamic", "long", "string", "long", "number"], "dynamic", {
    optional: 4,
    tuple: { columns: parts },
  }),
  scalar("series_decompose_forecast", ["dynamic", "long", "long", "string", "number"], "dynamic", {
    optional: 3,
    tuple: { columns: parts },
  }),
  scalar("series_decompose_anomalies", ["dynamic", "number", "long", "string", "long", "string", "number"], "dynamic", {
    optional: 6,
    tuple: { columns: anomalies },
  }),
];

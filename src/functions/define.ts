import type { ParameterType, ResultType, ScalarFunction } from "./row.ts";

/** A row in one line: null in, null out, and the page named as the function, unless `more` says otherwise. */
export function scalar(
  name: string,
  parameters: readonly ParameterType[],
  returns: ResultType,
  more: Partial<ScalarFunction> = {},
): ScalarFunction {
  return { name, parameters, returns, nulls: "propagate", page: `${name.replaceAll("_", "-")}-function`, ...more };
}

import type { EvalFunction } from "../function.ts";
import { bitwiseFunctions } from "./bitwise.ts";
import { comparisonFunctions } from "./comparison.ts";
import { conversionFunctions } from "./conversion.ts";
import { cryptographicFunctions } from "./cryptographic.ts";
import { dateTimeFunctions } from "./date-time.ts";
import { informationalFunctions } from "./informational.ts";
import { jsonFunctions } from "./json.ts";
import { lookupFunctions } from "./lookup.ts";
import { mathematicalFunctions } from "./mathematical.ts";
import { multivalueFunctions } from "./multivalue.ts";
import { statisticalFunctions } from "./statistical.ts";
import { textFunctions } from "./text.ts";

/** All functions of eval and where by their names, which have no case. (Search Reference: "Evaluation functions") */
export const evalFunctions: Readonly<Record<string, EvalFunction>> = {
  ...bitwiseFunctions,
  ...comparisonFunctions,
  ...conversionFunctions,
  ...cryptographicFunctions,
  ...dateTimeFunctions,
  ...informationalFunctions,
  ...jsonFunctions,
  ...lookupFunctions,
  ...mathematicalFunctions,
  ...multivalueFunctions,
  ...statisticalFunctions,
  ...textFunctions,
};

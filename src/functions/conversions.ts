import type { ScalarFunction } from "./row.ts";

/** Conversions, tests for null, and choices between values. */
export const conversions: readonly ScalarFunction[] = [
  { name: "tostring", parameters: ["any"], returns: "string", nulls: "handles", run: "tostring", naming: "argument", page: "tostring-function" },
  { name: "toint", parameters: ["any"], returns: "int", nulls: "propagate", run: "toint", naming: "argument", page: "toint-function" },
  { name: "tolong", parameters: ["any"], returns: "long", nulls: "propagate", run: "tolong", naming: "argument", page: "tolong-function" },
  { name: "toreal", parameters: ["any"], returns: "real", nulls: "propagate", run: "toreal", naming: "argument", page: "toreal-function" },
  { name: "tobool", parameters: ["any"], returns: "bool", nulls: "propagate", run: "tobool", naming: "argument", page: "tobool-function" },
  { name: "todatetime", parameters: ["any"], returns: "datetime", nulls: "propagate", run: "todatetime", naming: "argument", page: "todatetime-function" },
  { name: "totimespan", parameters: ["any"], returns: "timespan", nulls: "propagate", run: "totimespan", naming: "argument", page: "totimespan-function" },
  { name: "toguid", parameters: ["any"], returns: "guid", nulls: "propagate", run: "toguid", naming: "argument", page: "toguid-function" },
  { name: "gettype", parameters: ["any"], returns: "string", nulls: "handles", page: "gettype-function" },
  { name: "isnull", parameters: ["any"], returns: "bool", nulls: "handles", total: true, run: "isnull", page: "isnull-function" },
  { name: "isnotnull", parameters: ["any"], returns: "bool", nulls: "handles", total: true, run: "isnotnull", page: "isnotnull-function" },
  { name: "coalesce", parameters: ["any", "any"], rest: "any", returns: { commonFrom: 0 }, nulls: "handles", run: "coalesce", page: "coalesce-function" },
  { name: "iff", parameters: ["bool", "any", "any"], returns: { commonFrom: 1 }, nulls: "handles", run: "iff", page: "iff-function" },
  { name: "case", parameters: ["bool", "any", "any"], rest: "any", returns: { commonFrom: 1, step: 2 }, nulls: "handles", run: "caseOf", page: "case-function" },
  { name: "max_of", parameters: ["any"], rest: "any", returns: { commonFrom: 0 }, nulls: "handles", run: "maxOf", page: "max-of-function" },
  { name: "min_of", parameters: ["any"], rest: "any", returns: { commonFrom: 0 }, nulls: "handles", run: "minOf", page: "min-of-function" },
];

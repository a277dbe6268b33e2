import type { ScalarFunction } from "./row.ts";
import { splForms } from "./spl-forms.ts";

/** Conversions, tests for null, and choices between values. */
export const conversions: readonly ScalarFunction[] = [
  { name: "tostring", parameters: ["any"], returns: "string", nulls: "handles", run: "tostring", naming: "argument", spl: splForms.tostring, page: "tostring-function" },
  { name: "toint", parameters: ["any"], returns: "int", nulls: "propagate", run: "toint", naming: "argument", spl: splForms.toint, page: "toint-function" },
  { name: "tolong", parameters: ["any"], returns: "long", nulls: "propagate", run: "tolong", naming: "argument", spl: splForms.tolong, page: "tolong-function" },
  { name: "toreal", parameters: ["any"], returns: "real", nulls: "propagate", run: "toreal", naming: "argument", spl: splForms.toreal, page: "toreal-function" },
  { name: "tobool", parameters: ["any"], returns: "bool", nulls: "propagate", run: "tobool", naming: "argument", spl: splForms.tobool, page: "tobool-function" },
  { name: "todatetime", parameters: ["any"], returns: "datetime", nulls: "propagate", run: "todatetime", naming: "argument", spl: splForms.todatetime, page: "todatetime-function" },
  { name: "totimespan", parameters: ["any"], returns: "timespan", nulls: "propagate", run: "totimespan", naming: "argument", spl: splForms.totimespan, page: "totimespan-function" },
  { name: "toguid", parameters: ["any"], returns: "guid", nulls: "propagate", run: "toguid", naming: "argument", page: "toguid-function" },
  { name: "gettype", parameters: ["any"], returns: "string", nulls: "handles", page: "gettype-function" },
  { name: "isnull", parameters: ["any"], returns: "bool", nulls: "handles", total: true, run: "isnull", page: "isnull-function" },
  { name: "isnotnull", parameters: ["any"], returns: "bool", nulls: "handles", total: true, run: "isnotnull", page: "isnotnull-function" },
  { name: "coalesce", parameters: ["any", "any"], rest: "any", returns: { commonFrom: 0 }, nulls: "handles", run: "coalesce", spl: splForms.coalesce, page: "coalesce-function" },
  { name: "iff", parameters: ["bool", "any", "any"], returns: { commonFrom: 1 }, nulls: "handles", run: "iff", spl: splForms.iff, page: "iff-function" },
  { name: "case", parameters: ["bool", "any", "any"], rest: "any", returns: { commonFrom: 1, step: 2 }, nulls: "handles", run: "caseOf", spl: splForms.case, page: "case-function" },
  { name: "max_of", parameters: ["any"], rest: "any", returns: { commonFrom: 0 }, nulls: "handles", run: "maxOf", spl: splForms.max_of, page: "max-of-function" },
  { name: "min_of", parameters: ["any"], rest: "any", returns: { commonFrom: 0 }, nulls: "handles", run: "minOf", spl: splForms.min_of, page: "min-of-function" },
];

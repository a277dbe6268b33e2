import type { Setting } from "./nodes.ts";

/** Settings of how long a query may take, how its work is shared and what is logged of it. */
const aboutWork =
  /^(?:notruncation|norequesttimeout|servertimeout|queryconsistency|deferpartialqueryfailures|max_?memory\w*|maxoutputcolumns|materialized_view_shuffle|push_selection_through_aggregation|query_(?:distribution|enable_jit|fanout|log_|max_entities|python_debug|results_|shuffle|weakconsistency)\w*|request_(?:app_name|user|description)|results_progressive\w*)$/i;

/** Whether the rows of a query may be others without the setting; one that is not known here may change them. (request-properties) */
export function decidesOnRows({ kind, name }: Setting): boolean {
  return kind === "restrict" || (kind === "set" && !aboutWork.test(name));
}

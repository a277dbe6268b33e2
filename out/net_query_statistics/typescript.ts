/**
 * Net Query Statistics
 *
 * Counts which users, groups and settings were asked for with net.exe or net1.exe in the last 30 days. The head of
 * the table shows what is normal here, its tail the rare lookups.
 *
 * Ported from KQL by ruleport.
 */

import {
  ago,
  argMax,
  count,
  type Datetime,
  descending,
  type Events,
  from,
  greater,
  has,
  hasAny,
  isnotempty,
  type Long,
  type RowOf,
  type Schema,
  split,
  startofday,
  timespan,
  tolower,
  tostringDynamic,
} from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly QueriedEntity: string;
  readonly NetActionType: string;
  readonly TotalQueries: Long | null;
}

/** What is read of the events of DeviceProcessEvents. */
const deviceProcessEventsColumns = {
  Timestamp: "datetime",
  FileName: "string",
  ProcessCommandLine: "string",
  AccountUpn: "string",
  ReportId: "long",
} satisfies Schema;
export type DeviceProcessEvents = RowOf<typeof deviceProcessEventsColumns>;

export function netQueryStatistics(events: Events, { now }: { readonly now: Datetime }): AsyncIterable<Row> {
  const startTime = timespan("30d");
  const since = startofday(ago(now, startTime));
  return from(events, deviceProcessEventsColumns)
    .where((row) => greater(row.Timestamp, since))
    .where((row) => ["net.exe", "net1.exe"].includes(row.FileName))
    .extend((row) => ({
      NetActionType: has(row.ProcessCommandLine, "accounts") ? "ACCOUNTS"
        : has(row.ProcessCommandLine, "group") ? "GROUP"
        : has(row.ProcessCommandLine, "user") ? "USER"
        : has(row.ProcessCommandLine, "localgroup") ? "LOCALGROUP"
        : "Other",
    }))
    .where((row) => row.NetActionType !== "Other")
    .where((row) => isnotempty(row.AccountUpn))
    .extend((row) => ({ ExtractedParameters: split(row.ProcessCommandLine, " ") }))
    .mvApply(
      (row) => ({ QueriedEntity: row.ExtractedParameters }),
      (items) => items
        .where((row) => !hasAny(row.QueriedEntity, "net", "net1", "user", "group", "/do", "/domain", "/dom"))
        .project((row) => ({ QueriedEntity: row.QueriedEntity })),
    )
    .where((row) => isnotempty(row.QueriedEntity))
    .extend((row) => ({ QueriedEntity: tolower(tostringDynamic(row.QueriedEntity)) }))
    .summarizeBy(
      (row) => ({ ReportId: row.ReportId }),
      {},
      argMax(
        (row) => row.Timestamp,
        (row) => ({ NetActionType: row.NetActionType, QueriedEntity: row.QueriedEntity }),
      ),
    )
    .summarizeBy(
      (row) => ({ QueriedEntity: row.QueriedEntity, NetActionType: row.NetActionType }),
      { TotalQueries: count() },
    )
    .sort(descending((row) => row.TotalQueries));
}

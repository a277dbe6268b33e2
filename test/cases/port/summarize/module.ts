/**
 * Port: summarize
 *
 * Ported from KQL by ruleport.
 */

import {
  count,
  type Datetime,
  dcount,
  type Dynamic,
  equalIgnoreCase,
  type Events,
  from,
  greater,
  type Long,
  makeSet,
  min,
  type RowOf,
  type Schema,
} from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly DeviceName: string;
  readonly Runs: Long | null;
  readonly Users: Long | null;
  readonly Commands: Dynamic;
  readonly Began: Datetime | null;
}

/** What is read of the events of DeviceProcessEvents. */
const deviceProcessEventsColumns = {
  Timestamp: "datetime",
  DeviceName: "string",
  FileName: "string",
  ProcessCommandLine: "string",
  AccountName: "string",
} satisfies Schema;
export type DeviceProcessEvents = RowOf<typeof deviceProcessEventsColumns>;

export function portSummarize(events: Events): AsyncIterable<Row> {
  return from(events, deviceProcessEventsColumns)
    .where((row) => equalIgnoreCase(row.FileName, "whoami.exe"))
    .summarizeBy(
      (row) => ({ DeviceName: row.DeviceName }),
      {
        Runs: count(),
        Users: dcount((row) => row.AccountName),
        Commands: makeSet((row) => row.ProcessCommandLine),
        Began: min((row) => row.Timestamp),
      },
    )
    .where((row) => greater(row.Runs, 5));
}

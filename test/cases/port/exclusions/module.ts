/**
 * Port: exclusions
 *
 * Ported from KQL by ruleport.
 */

import {
  count,
  type Datetime,
  equalIgnoreCase,
  type Events,
  from,
  hasAny,
  isInIgnoreCase,
  type Long,
  max,
  min,
  type RowOf,
  type Schema,
  startswith,
} from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly DeviceName: string;
  readonly AccountName: string;
  readonly Began: Datetime | null;
  readonly Ended: Datetime | null;
  readonly Runs: Long | null;
}

/** What is read of the events of DeviceProcessEvents. */
const deviceProcessEventsColumns = {
  Timestamp: "datetime",
  DeviceName: "string",
  FileName: "string",
  FolderPath: "string",
  ProcessCommandLine: "string",
  AccountName: "string",
  InitiatingProcessFileName: "string",
} satisfies Schema;
export type DeviceProcessEvents = RowOf<typeof deviceProcessEventsColumns>;

export function portExclusions(events: Events): AsyncIterable<Row> {
  const admins = ["alice", "bob"];
  return from(events, deviceProcessEventsColumns)
    // Everything but what the administrators do.
    // also found as net1.exe
    .where((row) => equalIgnoreCase(row.FileName, "net.exe"))
    .where((row) => !(isInIgnoreCase(row.AccountName, admins)
      && equalIgnoreCase(row.InitiatingProcessFileName, "mmc.exe")))
    .where((row) => !(hasAny(row.ProcessCommandLine, "view", "time")
      || startswith(row.FolderPath, "C:\\Tools\\")))
    .summarizeBy(
      (row) => ({ DeviceName: row.DeviceName, AccountName: row.AccountName }),
      { Began: min((row) => row.Timestamp), Ended: max((row) => row.Timestamp), Runs: count() },
    );
}

/**
 * Port: arg max
 *
 * Ported from KQL by ruleport.
 */

import {
  argMax,
  type Datetime,
  equalIgnoreCase,
  type Events,
  from,
  type RowOf,
  type Schema,
} from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly Timestamp: Datetime | null;
  readonly DeviceName: string;
  readonly AccountName: string;
  readonly ProcessCommandLine: string;
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

export function portArgMax(events: Events): AsyncIterable<Row> {
  return from(events, deviceProcessEventsColumns)
    .where((row) => equalIgnoreCase(row.FileName, "net.exe"))
    .summarizeBy(
      (row) => ({ DeviceName: row.DeviceName, AccountName: row.AccountName }),
      {},
      argMax(
        (row) => row.Timestamp,
        (row) => ({ Timestamp: row.Timestamp, ProcessCommandLine: row.ProcessCommandLine }),
      ),
    )
    .project((row) => ({
      Timestamp: row.Timestamp,
      DeviceName: row.DeviceName,
      AccountName: row.AccountName,
      ProcessCommandLine: row.ProcessCommandLine,
    }));
}

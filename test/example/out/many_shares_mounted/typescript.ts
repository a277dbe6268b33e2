/**
 * Many Shares Mounted At Once
 *
 * One account mounts more than five shares on one device within an hour: a person looking for files, or a worm.
 *
 * Ported from KQL by ruleport.
 */

import {
  bin,
  count,
  type Datetime,
  type Events,
  from,
  greater,
  has,
  isInIgnoreCase,
  type Long,
  type RowOf,
  type Schema,
  timespan,
} from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly DeviceName: string;
  readonly AccountName: string;
  readonly Timestamp: Datetime | null;
  readonly Shares: Long | null;
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

export function manySharesMountedAtOnce(events: Events): AsyncIterable<Row> {
  const span1h = timespan("1h");
  return from(events, deviceProcessEventsColumns)
    .where((row) => isInIgnoreCase(row.FileName, "net.exe", "net1.exe") && has(row.ProcessCommandLine, "use"))
    .summarizeBy(
      (row) => ({
        DeviceName: row.DeviceName,
        AccountName: row.AccountName,
        Timestamp: bin(row.Timestamp, span1h),
      }),
      { Shares: count() },
    )
    .where((row) => greater(row.Shares, 5));
}

/**
 * Port: let function
 *
 * Ported from KQL by ruleport.
 */

import {
  ago,
  type Datetime,
  type Events,
  from,
  greater,
  isInIgnoreCase,
  type RowOf,
  type Schema,
  timespan,
} from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly Timestamp: Datetime | null;
  readonly DeviceName: string;
  readonly FileName: string;
}

/** What is read of the events of DeviceProcessEvents. */
const deviceProcessEventsColumns = {
  Timestamp: "datetime",
  DeviceName: "string",
  FileName: "string",
  InitiatingProcessFileName: "string",
} satisfies Schema;
export type DeviceProcessEvents = RowOf<typeof deviceProcessEventsColumns>;

export function portLetFunction(events: Events, { now }: { readonly now: Datetime }): AsyncIterable<Row> {
  const window = timespan("14d");
  const since = ago(now, window);
  return from(events, deviceProcessEventsColumns)
    .where((row) => greater(row.Timestamp, since))
    .where((row) => isInIgnoreCase(row.FileName, "net.exe", "net1.exe")
      && !isInIgnoreCase(row.InitiatingProcessFileName, "net.exe", "net1.exe"))
    .project((row) => ({ Timestamp: row.Timestamp, DeviceName: row.DeviceName, FileName: row.FileName }));
}

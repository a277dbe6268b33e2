/**
 * Port: mv apply
 *
 * Ported from KQL by ruleport.
 */

import {
  type Datetime,
  equalIgnoreCase,
  type Events,
  from,
  type RowOf,
  type Schema,
  split,
  startswith,
} from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly Timestamp: Datetime | null;
  readonly DeviceName: string;
  readonly Part: string;
}

/** What is read of the events of DeviceProcessEvents. */
const deviceProcessEventsColumns = {
  Timestamp: "datetime",
  DeviceName: "string",
  FileName: "string",
  ProcessCommandLine: "string",
} satisfies Schema;
export type DeviceProcessEvents = RowOf<typeof deviceProcessEventsColumns>;

export function portMvApply(events: Events): AsyncIterable<Row> {
  return from(events, deviceProcessEventsColumns)
    .where((row) => equalIgnoreCase(row.FileName, "net.exe"))
    .mvApply(
      (row) => ({ Part: split(row.ProcessCommandLine, " ") }),
      (items) => items.where((row) => startswith(row.Part, "/")),
      { as: { Part: "string" } },
    )
    .project((row) => ({ Timestamp: row.Timestamp, DeviceName: row.DeviceName, Part: row.Part }));
}

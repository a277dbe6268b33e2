/**
 * Port: parse
 *
 * Ported from KQL by ruleport.
 */

import {
  type Datetime,
  equalIgnoreCase,
  type Events,
  from,
  isnotempty,
  type RowOf,
  type Schema,
  skip,
} from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly Timestamp: Datetime | null;
  readonly DeviceName: string;
  readonly User: string;
}

/** What is read of the events of DeviceProcessEvents. */
const deviceProcessEventsColumns = {
  Timestamp: "datetime",
  DeviceName: "string",
  FileName: "string",
  ProcessCommandLine: "string",
} satisfies Schema;
export type DeviceProcessEvents = RowOf<typeof deviceProcessEventsColumns>;

export function portParse(events: Events): AsyncIterable<Row> {
  return from(events, deviceProcessEventsColumns)
    .where((row) => equalIgnoreCase(row.FileName, "net.exe"))
    .parse((row) => row.ProcessCommandLine, [skip, "/user:", { User: "string" }, " ", skip])
    .where((row) => isnotempty(row.User))
    .project((row) => ({ Timestamp: row.Timestamp, DeviceName: row.DeviceName, User: row.User }));
}

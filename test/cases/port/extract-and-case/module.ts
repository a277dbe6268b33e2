/**
 * Port: extract and case
 *
 * Ported from KQL by ruleport.
 */

import {
  type Datetime,
  equalIgnoreCase,
  type Events,
  extract,
  from,
  has,
  isnotempty,
  type RowOf,
  type Schema,
} from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly Timestamp: Datetime | null;
  readonly DeviceName: string;
  readonly Kind: string;
  readonly Share: string;
}

/** What is read of the events of DeviceProcessEvents. */
const deviceProcessEventsColumns = {
  Timestamp: "datetime",
  DeviceName: "string",
  FileName: "string",
  ProcessCommandLine: "string",
} satisfies Schema;
export type DeviceProcessEvents = RowOf<typeof deviceProcessEventsColumns>;

export function portExtractAndCase(events: Events): AsyncIterable<Row> {
  return from(events, deviceProcessEventsColumns)
    .where((row) => equalIgnoreCase(row.FileName, "net.exe"))
    .extend((row) => ({ Share: extract(String.raw`(\\\\\S+)`, 1, row.ProcessCommandLine) }))
    .extend((row) => ({
      Kind: has(row.ProcessCommandLine, "group") ? "group"
        : has(row.ProcessCommandLine, "user") ? "user"
        : "other",
    }))
    .where((row) => isnotempty(row.Share))
    .project((row) => ({
      Timestamp: row.Timestamp,
      DeviceName: row.DeviceName,
      Kind: row.Kind,
      Share: row.Share,
    }));
}

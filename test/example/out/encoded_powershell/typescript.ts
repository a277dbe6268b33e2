/**
 * Encoded PowerShell From Office
 *
 * An Office program starts PowerShell with an encoded command. Macros and exploits do so; people do not.
 *
 * Ported from KQL by ruleport.
 */

import {
  type Datetime,
  equalIgnoreCase,
  type Events,
  from,
  hasAny,
  isInIgnoreCase,
  type Long,
  type RowOf,
  type Schema,
} from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly Timestamp: Datetime | null;
  readonly DeviceId: string;
  readonly DeviceName: string;
  readonly AccountName: string;
  readonly ProcessCommandLine: string;
  readonly InitiatingProcessFileName: string;
  readonly ReportId: Long | null;
}

/** What is read of the events of DeviceProcessEvents. */
const deviceProcessEventsColumns = {
  Timestamp: "datetime",
  DeviceId: "string",
  DeviceName: "string",
  FileName: "string",
  ProcessCommandLine: "string",
  AccountName: "string",
  InitiatingProcessFileName: "string",
  ReportId: "long",
} satisfies Schema;
export type DeviceProcessEvents = RowOf<typeof deviceProcessEventsColumns>;

export function encodedPowerShellFromOffice(events: Events): AsyncIterable<Row> {
  return from(events, deviceProcessEventsColumns)
    .where((row) => isInIgnoreCase(row.InitiatingProcessFileName, "winword.exe", "excel.exe", "powerpnt.exe"))
    .where((row) => equalIgnoreCase(row.FileName, "powershell.exe")
      && hasAny(row.ProcessCommandLine, "-enc", "-encodedcommand"))
    .project((row) => ({
      Timestamp: row.Timestamp,
      DeviceId: row.DeviceId,
      DeviceName: row.DeviceName,
      AccountName: row.AccountName,
      ProcessCommandLine: row.ProcessCommandLine,
      InitiatingProcessFileName: row.InitiatingProcessFileName,
      ReportId: row.ReportId,
    }));
}

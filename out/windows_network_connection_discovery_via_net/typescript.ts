/**
 * Windows Network Connection Discovery Via Net
 *
 * Finds net.exe or net1.exe, also renamed, with a command line that ends in `use`: it lists the network connections
 * of the computer. One row for each process, with how often and when it was reported.
 *
 * Written after the Splunk rule beside it, with its macros expanded. Without process GUIDs, two processes that agree in
 * everything listed, their ids included, are one row; the reference tells them apart.
 *
 * Ported from KQL by ruleport.
 */

import {
  count,
  endswith,
  type Events,
  formatDatetime,
  from,
  isInIgnoreCase,
  type Long,
  max,
  min,
  type RowOf,
  type Schema,
  strcat,
} from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly DeviceName: string;
  readonly ProcessVersionInfoOriginalFileName: string;
  readonly InitiatingProcessCommandLine: string;
  readonly InitiatingProcessId: Long | null;
  readonly InitiatingProcessFileName: string;
  readonly InitiatingProcessFolderPath: string;
  readonly ProcessCommandLine: string;
  readonly SHA256: string;
  readonly ProcessId: Long | null;
  readonly ProcessIntegrityLevel: string;
  readonly FileName: string;
  readonly FolderPath: string;
  readonly AccountName: string;
  readonly AccountSid: string;
  readonly count: Long | null;
  readonly firstTime: string;
  readonly lastTime: string;
}

/** What is read of the events of DeviceProcessEvents. */
const deviceProcessEventsColumns = {
  Timestamp: "datetime",
  DeviceName: "string",
  FileName: "string",
  FolderPath: "string",
  SHA256: "string",
  ProcessVersionInfoOriginalFileName: "string",
  ProcessId: "long",
  ProcessCommandLine: "string",
  ProcessIntegrityLevel: "string",
  AccountName: "string",
  AccountSid: "string",
  InitiatingProcessFileName: "string",
  InitiatingProcessId: "long",
  InitiatingProcessCommandLine: "string",
  InitiatingProcessFolderPath: "string",
} satisfies Schema;
export type DeviceProcessEvents = RowOf<typeof deviceProcessEventsColumns>;

export function windowsNetworkConnectionDiscoveryViaNet(events: Events): AsyncIterable<Row> {
  return from(events, deviceProcessEventsColumns)
    .where((row) => isInIgnoreCase(row.FileName, "net.exe", "net1.exe")
      || isInIgnoreCase(row.ProcessVersionInfoOriginalFileName, "net.exe", "net1.exe"))
    .where((row) => endswith(row.ProcessCommandLine, "use"))
    // Of the reference's fields, action and vendor_product have no column here, process_exec and parent_process_exec
    // repeat the file names, and process_guid and parent_process_guid are left to the process ids.
    .summarizeBy(
      (row) => ({
        DeviceName: row.DeviceName,
        ProcessVersionInfoOriginalFileName: row.ProcessVersionInfoOriginalFileName,
        InitiatingProcessCommandLine: row.InitiatingProcessCommandLine,
        InitiatingProcessId: row.InitiatingProcessId,
        InitiatingProcessFileName: row.InitiatingProcessFileName,
        InitiatingProcessFolderPath: row.InitiatingProcessFolderPath,
        ProcessCommandLine: row.ProcessCommandLine,
        SHA256: row.SHA256,
        ProcessId: row.ProcessId,
        ProcessIntegrityLevel: row.ProcessIntegrityLevel,
        FileName: row.FileName,
        FolderPath: row.FolderPath,
        AccountName: row.AccountName,
        AccountSid: row.AccountSid,
      }),
      { count: count(), firstTime: min((row) => row.Timestamp), lastTime: max((row) => row.Timestamp) },
    )
    .extend((row) => ({
      firstTime: strcat(
        formatDatetime(row.firstTime, "yyyy-MM-dd"),
        "T",
        formatDatetime(row.firstTime, "HH:mm:ss"),
      ),
      lastTime: strcat(
        formatDatetime(row.lastTime, "yyyy-MM-dd"),
        "T",
        formatDatetime(row.lastTime, "HH:mm:ss"),
      ),
    }));
}

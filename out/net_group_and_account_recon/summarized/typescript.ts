/**
 * Group And Account Reconnaissance With Net (summarized)
 *
 * Finds net.exe or net1.exe asking for privileged groups, domain groups or the domain's account policy. Ask whether
 * the account that ran it has a reason to: a service account or LOCAL SYSTEM seldom has.
 *
 * Ported from KQL by ruleport.
 */

import {
  contains,
  count,
  type Datetime,
  dcount,
  type Dynamic,
  endswith,
  type Events,
  from,
  hasAny,
  type Long,
  makeSet,
  max,
  min,
  type RowOf,
  type Schema,
} from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly InitiatingProcessFolderPath: string;
  readonly InitiatingProcessFileName: string;
  readonly FolderPath: string;
  readonly FileName: string;
  readonly AccountName: string;
  readonly TenantId: string;
  readonly count_: Long | null;
  readonly num_distinctDevices: Long | null;
  readonly set_ProcessCMD: Dynamic;
  readonly set_InitiatingProcessCMD: Dynamic;
  readonly first_: Datetime | null;
  readonly last_: Datetime | null;
}

/** What is read of the events of DeviceProcessEvents. */
const deviceProcessEventsColumns = {
  DeviceName: "string",
  ActionType: "string",
  FileName: "string",
  FolderPath: "string",
  ProcessVersionInfoOriginalFileName: "string",
  ProcessCommandLine: "string",
  AccountName: "string",
  InitiatingProcessFileName: "string",
  InitiatingProcessCommandLine: "string",
  InitiatingProcessFolderPath: "string",
  TenantId: "string",
  TimeGenerated: "datetime",
} satisfies Schema;
export type DeviceProcessEvents = RowOf<typeof deviceProcessEventsColumns>;

export function groupAndAccountReconnaissanceWithNetSummarized(events: Events): AsyncIterable<Row> {
  const selectionImg = [String.raw`\net.exe`, String.raw`\net1.exe`];
  const selectionGroupRoot = [" group ", " localgroup "];
  const selectionGroupFlags = [
    "domain admins",
    " administrators",
    " administrateur",
    "enterprise admins",
    "Exchange Trusted Subsystem",
    "Remote Desktop Users",
    " /do",
  ];
  return from(events, deviceProcessEventsColumns)
    .where((row) => row.ActionType === "ProcessCreated")
    // selection_img
    .where((row) => endswith(row.FolderPath, String.raw`\net.exe`)
      || endswith(row.FolderPath, String.raw`\net1.exe`)
      || hasAny(row.ProcessVersionInfoOriginalFileName, selectionImg))
    .where((row) => hasAny(row.ProcessCommandLine, selectionGroupRoot))
    .where((row) => (hasAny(row.ProcessCommandLine, selectionGroupFlags)
        && !contains(row.ProcessCommandLine, " /add"))
      || (contains(row.ProcessCommandLine, " accounts ") && contains(row.ProcessCommandLine, " /do")))
    .summarizeBy(
      (row) => ({
        InitiatingProcessFolderPath: row.InitiatingProcessFolderPath,
        InitiatingProcessFileName: row.InitiatingProcessFileName,
        FolderPath: row.FolderPath,
        FileName: row.FileName,
        AccountName: row.AccountName,
        TenantId: row.TenantId,
      }),
      {
        count_: count(),
        num_distinctDevices: dcount((row) => row.DeviceName),
        set_ProcessCMD: makeSet((row) => row.ProcessCommandLine),
        set_InitiatingProcessCMD: makeSet((row) => row.InitiatingProcessCommandLine),
        first_: min((row) => row.TimeGenerated),
        last_: max((row) => row.TimeGenerated),
      },
    );
}

/**
 * Group And Account Reconnaissance With Net
 *
 * Finds net.exe or net1.exe asking for privileged groups, domain groups or the domain's account policy. Ask whether
 * the account that ran it has a reason to: a service account or LOCAL SYSTEM seldom has.
 *
 * Ported from KQL by ruleport.
 */

import { contains, endswith, type Events, from, hasAny, type RowOf, type Schema } from "ruleport/runtime";

/** What is read of the events of DeviceProcessEvents. */
const deviceProcessEventsColumns = {
  Timestamp: "datetime",
  DeviceId: "string",
  DeviceName: "string",
  ActionType: "string",
  FileName: "string",
  FolderPath: "string",
  SHA1: "string",
  SHA256: "string",
  MD5: "string",
  FileSize: "long",
  ProcessVersionInfoCompanyName: "string",
  ProcessVersionInfoProductName: "string",
  ProcessVersionInfoProductVersion: "string",
  ProcessVersionInfoInternalFileName: "string",
  ProcessVersionInfoOriginalFileName: "string",
  ProcessVersionInfoFileDescription: "string",
  ProcessId: "long",
  ProcessCommandLine: "string",
  ProcessIntegrityLevel: "string",
  ProcessTokenElevation: "string",
  ProcessCreationTime: "datetime",
  AccountDomain: "string",
  AccountName: "string",
  AccountSid: "string",
  AccountUpn: "string",
  AccountObjectId: "string",
  LogonId: "long",
  InitiatingProcessAccountDomain: "string",
  InitiatingProcessAccountName: "string",
  InitiatingProcessAccountSid: "string",
  InitiatingProcessAccountUpn: "string",
  InitiatingProcessAccountObjectId: "string",
  InitiatingProcessLogonId: "long",
  InitiatingProcessIntegrityLevel: "string",
  InitiatingProcessTokenElevation: "string",
  InitiatingProcessSHA1: "string",
  InitiatingProcessSHA256: "string",
  InitiatingProcessMD5: "string",
  InitiatingProcessFileName: "string",
  InitiatingProcessFileSize: "long",
  InitiatingProcessVersionInfoCompanyName: "string",
  InitiatingProcessVersionInfoProductName: "string",
  InitiatingProcessVersionInfoProductVersion: "string",
  InitiatingProcessVersionInfoInternalFileName: "string",
  InitiatingProcessVersionInfoOriginalFileName: "string",
  InitiatingProcessVersionInfoFileDescription: "string",
  InitiatingProcessId: "long",
  InitiatingProcessCommandLine: "string",
  InitiatingProcessCreationTime: "datetime",
  InitiatingProcessFolderPath: "string",
  InitiatingProcessParentId: "long",
  InitiatingProcessParentFileName: "string",
  InitiatingProcessParentCreationTime: "datetime",
  InitiatingProcessSignerType: "string",
  InitiatingProcessSignatureStatus: "string",
  ReportId: "long",
  AppGuardContainerId: "string",
  AdditionalFields: "dynamic",
  InitiatingProcessSessionId: "long",
  IsInitiatingProcessRemoteSession: "bool",
  InitiatingProcessRemoteSessionDeviceName: "string",
  InitiatingProcessRemoteSessionIP: "string",
  CreatedProcessSessionId: "long",
  IsProcessRemoteSession: "bool",
  ProcessRemoteSessionDeviceName: "string",
  ProcessRemoteSessionIP: "string",
  _BilledSize: "real",
  _IsBillable: "string",
  MachineGroup: "string",
  SourceSystem: "string",
  TenantId: "string",
  TimeGenerated: "datetime",
  Type: "string",
} satisfies Schema;
export type DeviceProcessEvents = RowOf<typeof deviceProcessEventsColumns>;

/** A row of the result. */
export type Row = DeviceProcessEvents;

export function groupAndAccountReconnaissanceWithNet(events: Events): AsyncIterable<Row> {
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
      || (contains(row.ProcessCommandLine, " accounts ") && contains(row.ProcessCommandLine, " /do")));
  // | summarize count(), num_distinctDevices = dcount(DeviceName), set_ProcessCMD=make_set(ProcessCommandLine), set_InitiatingProcessCMD=make_set(InitiatingProcessCommandLine), first_ = min(TimeGenerated), last_ = max(TimeGenerated) by InitiatingProcessFolderPath, InitiatingProcessFileName, FolderPath, FileName, AccountName, TenantId
}

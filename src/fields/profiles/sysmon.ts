import type { ProfileSource } from "../profile-source.ts";

/**
 * Sysmon's process creation (event 1) as the Splunk Add-on for Sysmon extracts it. Sysmon writes `-` for an absent value, and
 * account names in the case that Windows has them in, where Defender writes lower case.
 */
export const sysmon: ProfileSource = {
  name: "sysmon",
  description: "Sysmon events in XmlWinEventLog form (EventCode 1)",
  tables: {
    DeviceProcessEvents: {
      search: 'source="XmlWinEventLog:Microsoft-Windows-Sysmon/Operational" EventCode=1',
      macroSearch: "`sysmon` EventCode=1",
      missing: "-",
      filled: [
        "Computer",
        "Image",
        "CommandLine",
        "User",
        "IntegrityLevel",
        "ProcessId",
        "ParentProcessId",
        "ProcessGuid",
        "EventRecordID",
      ],
      time: "_time",
      fields: {
        Timestamp: "_time",
        TimeGenerated: "_time",
        ProcessCreationTime: "_time",
        DeviceName: "$lower(Computer)",
        FileName: "$basename(Image)",
        FolderPath: "Image",
        SHA1: '$hash(Hashes, "SHA1")',
        SHA256: '$hash(Hashes, "SHA256")',
        MD5: '$hash(Hashes, "MD5")',
        ProcessVersionInfoCompanyName: "Company",
        ProcessVersionInfoProductName: "Product",
        ProcessVersionInfoProductVersion: "FileVersion",
        ProcessVersionInfoOriginalFileName: "OriginalFileName",
        ProcessVersionInfoFileDescription: "Description",
        ProcessId: "ProcessId",
        ProcessCommandLine: "CommandLine",
        ProcessUniqueId: "ProcessGuid",
        InitiatingProcessUniqueId: "ParentProcessGuid",
        ProcessIntegrityLevel: "IntegrityLevel",
        AccountDomain: '$lower($before(User, "\\\\"))',
        AccountName: '$lower($after(User, "\\\\"))',
        InitiatingProcessAccountDomain: '$lower($before(ParentUser, "\\\\"))',
        InitiatingProcessAccountName: '$lower($after(ParentUser, "\\\\"))',
        InitiatingProcessFileName: "$basename(ParentImage)",
        InitiatingProcessFolderPath: "$lower(ParentImage)",
        InitiatingProcessId: "ParentProcessId",
        InitiatingProcessCommandLine: "ParentCommandLine",
        ReportId: "EventRecordID",
      },
      constants: { ActionType: "ProcessCreated" },
    },
  },
};

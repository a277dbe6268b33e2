import type { ProfileSource } from "../profile-source.ts";

/** Sigma's taxonomy for process_creation on Windows: Sysmon's names. Sigma compares without case, so no case is mapped. */
export const sigma: ProfileSource = {
  name: "sigma",
  description: "Sigma's field names for process_creation on Windows",
  tables: {
    DeviceProcessEvents: {
      logsource: { category: "process_creation", product: "windows" },
      time: "UtcTime",
      fields: {
        Timestamp: "UtcTime",
        TimeGenerated: "UtcTime",
        DeviceName: "Computer",
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
        AccountDomain: '$before(User, "\\\\")',
        AccountName: '$after(User, "\\\\")',
        InitiatingProcessAccountDomain: '$before(ParentUser, "\\\\")',
        InitiatingProcessAccountName: '$after(ParentUser, "\\\\")',
        InitiatingProcessFileName: "$basename(ParentImage)",
        InitiatingProcessFolderPath: "ParentImage",
        InitiatingProcessId: "ParentProcessId",
        InitiatingProcessCommandLine: "ParentCommandLine",
      },
      constants: { ActionType: "ProcessCreated" },
    },
  },
};

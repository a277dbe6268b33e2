import type { ProfileSource } from "../profile-source.ts";

/** Splunk's Common Information Model: the Processes dataset of the Endpoint data model. It fills absent values with `unknown`. */
export const cim: ProfileSource = {
  name: "cim",
  description: "the accelerated data model Endpoint.Processes of Splunk's Common Information Model",
  tables: {
    DeviceProcessEvents: {
      dataModel: "Endpoint.Processes",
      missing: "unknown",
      time: "_time",
      alsoShown: ["action", "parent_process_exec", "process_exec", "vendor_product"],
      fields: {
        Timestamp: "_time",
        TimeGenerated: "_time",
        DeviceName: "dest",
        FileName: "process_name",
        FolderPath: "process_path",
        SHA1: '$hash(process_hash, "SHA1")',
        SHA256: '$hash(process_hash, "SHA256")',
        MD5: '$hash(process_hash, "MD5")',
        ProcessVersionInfoOriginalFileName: "original_file_name",
        ProcessId: "process_id",
        ProcessCommandLine: "process",
        ProcessUniqueId: "process_guid",
        InitiatingProcessUniqueId: "parent_process_guid",
        ProcessIntegrityLevel: "process_integrity_level",
        AccountName: "user",
        AccountSid: "user_id",
        InitiatingProcessFileName: "parent_process_name",
        InitiatingProcessFolderPath: "parent_process_path",
        InitiatingProcessId: "parent_process_id",
        InitiatingProcessCommandLine: "parent_process",
      },
      constants: { ActionType: "ProcessCreated" },
    },
  },
};

import type { ProfileSource } from "../profile-source.ts";

/** Tables that Splunk searches are ported to, beyond those that KQL queries are ported from. */
export const backwards: readonly ProfileSource[] = [
  {
    name: "cim",
    description: "the datasets Filesystem and Registry of the data model Endpoint",
    tables: {
      DeviceFileEvents: {
        dataModel: "Endpoint.Filesystem",
        missing: "unknown",
        time: "_time",
        fields: {
          Timestamp: "_time",
          DeviceName: "dest",
          FileName: "file_name",
          FolderPath: "file_path",
          FileSize: "file_size",
          SHA1: '$hash(file_hash, "SHA1")',
          SHA256: '$hash(file_hash, "SHA256")',
          MD5: '$hash(file_hash, "MD5")',
          InitiatingProcessId: "process_id",
          InitiatingProcessAccountName: "user",
        },
      },
      DeviceRegistryEvents: {
        dataModel: "Endpoint.Registry",
        missing: "unknown",
        time: "_time",
        fields: {
          Timestamp: "_time",
          DeviceName: "dest",
          RegistryKey: '$before(registry_path, "\\\\")',
          RegistryValueName: "registry_value_name",
          RegistryValueData: "registry_value_data",
          RegistryValueType: "registry_value_type",
          InitiatingProcessId: "process_id",
          InitiatingProcessAccountName: "user",
        },
      },
    },
  },
  {
    name: "windows-security",
    description: "the Security log of Windows in XmlWinEventLog form",
    tables: {
      SecurityEvent: {
        search: 'source="XmlWinEventLog:Security"',
        macroSearch: "`wineventlog_security`",
        filled: ["Computer", "EventCode", "Channel"],
        time: "_time",
        fields: { TimeGenerated: "_time", EventID: "EventCode" },
        otherFields: "",
      },
    },
  },
];

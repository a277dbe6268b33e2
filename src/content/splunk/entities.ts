import { type ContentInput, type ContentNote, info, type SplunkSearch } from "../content.ts";
import { riskScores, severityNamed } from "../severity.ts";

/** What an entity of Sentinel is to Splunk's risk framework: whose risk it raises, or what threatens. */
type Role = { readonly risk: "system" | "user" | "other" } | { readonly threat: string };

const roles: Readonly<Record<string, Readonly<Record<string, Role>>>> = {
  Account: {
    Name: { risk: "user" },
    FullName: { risk: "user" },
    Sid: { risk: "user" },
    AadUserId: { risk: "user" },
    DisplayName: { risk: "user" },
  },
  Host: { HostName: { risk: "system" }, FullName: { risk: "system" }, NetBiosName: { risk: "system" } },
  Mailbox: { MailboxPrimaryAddress: { risk: "user" }, Upn: { risk: "user" } },
  AzureResource: { ResourceId: { risk: "other" } },
  IP: { Address: { threat: "ip_address" } },
  URL: { Url: { threat: "url" } },
  DNS: { DomainName: { threat: "domain" } },
  File: { Name: { threat: "file_name" }, Directory: { threat: "file_path" } },
  FileHash: { Value: { threat: "file_hash" } },
  Malware: { Name: { threat: "signature" } },
  Process: { CommandLine: { threat: "process" } },
  RegistryKey: { Key: { threat: "registry_path" } },
  RegistryValue: { Name: { threat: "registry_value_name" }, Value: { threat: "registry_value_text" } },
  MailMessage: { Sender: { threat: "email_address" }, Subject: { threat: "email_subject" } },
};

export interface RiskObject {
  readonly field: string;
  readonly type: "system" | "user" | "other";
  readonly score: number;
}

export interface SplunkEntities {
  readonly risk: readonly RiskObject[];
  readonly threats: readonly { readonly field: string; readonly type: string }[];
}

/** The rule's entities by the fields that the search returns. */
export function splunkEntities({ rule }: ContentInput, search: SplunkSearch, notes: ContentNote[]): SplunkEntities {
  const score = riskScores[severityNamed(rule.info.severity) ?? "Medium"];
  const risk: RiskObject[] = [];
  const threats: { field: string; type: string }[] = [];
  for (const { type, identifiers } of rule.deployment.entities) {
    for (const { identifier, column } of identifiers) {
      const role = roles[type]?.[identifier];
      if (role === undefined) continue;
      const field = search.fieldOf(column);
      if (field === null) {
        notes.push(info("entity", `the search returns no field for ${column}: the entity ${type} is left out`));
        continue;
      }
      if ("risk" in role && !risk.some((r) => r.field === field)) risk.push({ field, type: role.risk, score });
      if ("threat" in role && !threats.some((t) => t.field === field)) threats.push({ field, type: role.threat });
    }
  }
  return { risk, threats };
}

/** What a risk or a notable event says of itself: the fields of the entities in dollars. */
export function riskMessage({ rule }: ContentInput, entities: SplunkEntities): string {
  const fields = entities.risk.map(({ field }) => `$${field}$`);
  const on = fields.length === 0 ? "" : `: ${fields.join(", ")}`;
  return `${dollars(rule.name.replace(/\s+/g, " ").trim())}${on}`;
}

/** Text in which a `$` begins no field. */
export function dollars(text: string): string {
  return text.replaceAll("$", "$$$$");
}

/** Splunk Enterprise Security's security domain of a rule, and the kind of asset that its events are about. */
export interface Domain {
  readonly domain: "endpoint" | "network" | "identity" | "access" | "threat";
  readonly asset: string;
}

const domains: readonly (readonly [RegExp, Domain])[] = [
  [
    /^Device(?:Network|NetworkInfo)|^CommonSecurityLog|^Dns|^AzureDiagnostics|^VMConnection/,
    { domain: "network", asset: "Network" },
  ],
  [/^Device|^SecurityEvent$|^WindowsEvent$|^Event$|^Syslog$|^Sysmon/, { domain: "endpoint", asset: "Endpoint" }],
  [/^(?:SigninLogs|AADNonInteractive|AADServicePrincipal|IdentityLogon)/, { domain: "access", asset: "Identity" }],
  [/^(?:Identity|AuditLogs|AAD|EntraId)/, { domain: "identity", asset: "Identity" }],
  [/^(?:Email|OfficeActivity|CloudAppEvents|UrlClick|Message)/, { domain: "threat", asset: "O365 Tenant" }],
];

/** By the first table that the rule reads. */
export function domainOf(tables: readonly string[]): Domain {
  const [first = ""] = tables;
  return domains.find(([pattern]) => pattern.test(first))?.[1] ?? { domain: "threat", asset: "Infrastructure" };
}

/**
 * Sentinel's entities as Defender's API takes them: the collection of `entityMappings` that holds a type, and the property of
 * an identifier; after the resource types `entityMappingConfiguration` and `*EntityMapping` of Microsoft Graph. An identifier
 * that is absent has no counterpart.
 */
export const defenderEntities: Readonly<
  Record<string, { readonly collection: string; readonly identifiers: Readonly<Record<string, string>> }>
> = {
  Account: {
    collection: "accounts",
    identifiers: {
      Name: "nameColumn",
      FullName: "upnColumn",
      NTDomain: "ntDomainColumn",
      DnsDomain: "dnsDomainColumn",
      UPNSuffix: "upnSuffixColumn",
      Sid: "sidColumn",
      AadUserId: "aadUserIdColumn",
    },
  },
  Host: {
    collection: "hosts",
    identifiers: {
      HostName: "nameColumn",
      FullName: "nameColumn",
      NetBiosName: "netBiosNameColumn",
      NTDomain: "ntDomainColumn",
      DnsDomain: "dnsDomainColumn",
    },
  },
  IP: { collection: "ips", identifiers: { Address: "addressColumn", AddressScope: "scopeColumn" } },
  URL: { collection: "urls", identifiers: { Url: "addressColumn" } },
  AzureResource: { collection: "azureResources", identifiers: { ResourceId: "resourceIdColumn" } },
  CloudApplication: { collection: "cloudApplications", identifiers: { AppId: "appIdColumn", Name: "nameColumn" } },
  DNS: { collection: "dns", identifiers: { DomainName: "domainNameColumn" } },
  File: { collection: "files", identifiers: { Name: "nameColumn" } },
  Mailbox: { collection: "mailboxes", identifiers: { MailboxPrimaryAddress: "primaryAddressColumn" } },
  MailCluster: { collection: "mailClusters", identifiers: { Query: "queryColumn", Source: "sourceColumn" } },
  MailMessage: {
    collection: "mailMessages",
    identifiers: {
      NetworkMessageId: "networkMessageIdColumn",
      Recipient: "recipientColumn",
      Sender: "senderColumn",
      Subject: "subjectColumn",
    },
  },
  RegistryValue: { collection: "registryValues", identifiers: { Name: "valueNameColumn" } },
  SecurityGroup: {
    collection: "securityGroups",
    identifiers: { DistinguishedName: "distinguishedNameColumn", SID: "sidColumn", ObjectGuid: "objectIdColumn" },
  },
};

/** Columns of Defender's tables that say which device and file an event is about, where no mapping of the rule does. */
export const impliedColumns: readonly {
  readonly collection: string;
  readonly property: string;
  readonly column: string;
}[] = [
  { collection: "hosts", property: "deviceIdColumn", column: "DeviceId" },
  { collection: "processes", property: "sha256Column", column: "SHA256" },
];

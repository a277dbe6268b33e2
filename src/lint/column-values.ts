import type { Expr, Relation } from "../plan/nodes.ts";
import { originsOf } from "./definition.ts";
import type { PlanFacts } from "./plan-facts.ts";
import type { TextTest } from "./text-test.ts";

/** What the values of a column look like, as far as it is certain. */
export interface Values {
  /** With its article: "a file name". */
  readonly what: string;
  /** `varies`: the same thing occurs in several cases. `lower`: there are no upper-case letters. */
  readonly case?: "varies" | "lower" | "mostly lower";
  /** Texts that stand in no value, each with its name and what to write instead. */
  readonly never?: readonly { readonly pattern: RegExp; readonly what: string; readonly hint?: string }[];
  /** What a whole value looks like; a text compared for equality that does not fit is never found. */
  readonly whole?: { readonly pattern: RegExp; readonly what: string; readonly hint: string };
  /** The only values that there are: other spellings of them are never found. */
  readonly names?: readonly string[];
  /** Texts whose case does not vary, or matters on the systems that have them. */
  readonly exact?: RegExp;
  /** False where what is excluded is written by programs, always in one case. */
  readonly excluding?: false;
}

const star = {
  pattern: /\*/,
  what: "`*`",
  hint: "`*` is no wildcard here: use `contains`, `startswith` or `endswith`",
};
/** Programs of Linux and macOS have no extension, and there the case of names counts. */
const noWindowsFile = /^(?!.*\.[a-z0-9]{2,5}$).*$/i;

const fileName: Values = {
  what: "a file name",
  case: "varies",
  never: [
    { pattern: /\\/, what: "backslash", hint: "leave the backslash out, and compare with `=~` or `in~`" },
    { pattern: /\//, what: "slash", hint: "compare the path in `FolderPath` instead" },
    star,
  ],
  exact: noWindowsFile,
};
const path: Values = {
  what: "a path",
  case: "varies",
  never: [
    { pattern: /(?!^)\\\\/, what: "two backslashes in a row", hint: 'write one backslash in `@"…"`, or two in `"…"`' },
    { ...star },
  ],
  exact: /^[^\\]*$/,
};
const commandLine: Values = { what: "a command line", case: "varies", exact: /^\s*\/|^[^\\.]*$/ };
const registryKey: Values = {
  what: "a registry key",
  case: "varies",
  never: [
    { pattern: /\\\\/, what: "two backslashes in a row", hint: 'write one backslash in `@"…"`, or two in `"…"`' },
    {
      pattern: /^(?:HKLM|HKCU|HKCR|HKU)(?:\\|$)/i,
      what: "short name of a hive",
      hint: "write the hive out: `HKEY_LOCAL_MACHINE`",
    },
  ],
};
const registryName: Values = { what: "the name of a registry value", case: "varies", excluding: false };
const account: Values = {
  what: "an account name",
  case: "mostly lower",
  never: [
    { pattern: /\\/, what: "backslash", hint: "the domain stands in a column of its own, `AccountDomain`" },
    star,
  ],
};
const lowerName: Values = { what: "a name", case: "mostly lower", never: [star] };
const address: Values = {
  what: "an IP address",
  never: [
    { pattern: /\//, what: "slash", hint: "use `ipv4_is_in_range` for a network" },
    star,
    {
      pattern: /^(?:[a-z0-9-]+\.)+[a-z]{2,}$/i,
      what: "letters of a host name",
      hint: "compare the name in `RemoteUrl` or `RemoteDeviceName`",
    },
  ],
};
const mail: Values = { what: "a mail address", case: "varies", never: [star], exact: /^(?!.*@.*\.)/, excluding: false };
const hash = (name: string, length: number): Values => ({
  what: `a ${name} hash`,
  case: "lower",
  never: [{ pattern: /[^0-9a-f]/i, what: "character besides 0-9 and a-f" }],
  whole: {
    pattern: new RegExp(`^(?:[0-9a-f]{${length}})?$`, "i"),
    what: `${length} characters`,
    hint: "use the column of its kind: MD5 has 32 characters, SHA1 40, SHA256 64",
  },
});
const one = (...names: readonly string[]): Values => ({ what: "one of a few names", names });

const device = /^Device(?:Process|File|Network|Registry|Logon|ImageLoad|FileCertificateInfo|)(?:Events|Info)?$/;

/** Tables and, by their column names, what is in them. A column is looked for from the top. */
const known: readonly { readonly tables: RegExp; readonly columns: RegExp; readonly values: Values }[] = [
  {
    tables: device,
    columns:
      /^(?:InitiatingProcess|InitiatingProcessParent|Previous)?FileName$|VersionInfoOriginalFileName$|VersionInfoInternalFileName$/,
    values: fileName,
  },
  { tables: device, columns: /^(?:InitiatingProcess|Previous)?FolderPath$/, values: path },
  { tables: device, columns: /CommandLine$/, values: commandLine },
  { tables: device, columns: /^(?:Previous)?RegistryKey$/, values: registryKey },
  { tables: device, columns: /^(?:Previous)?RegistryValueName$/, values: registryName },
  { tables: device, columns: /^(?:InitiatingProcess)?AccountName$/, values: account },
  { tables: device, columns: /^(?:InitiatingProcess)?Account(?:Upn|Domain)$|^DeviceName$/, values: lowerName },
  { tables: device, columns: /^(?:Remote|Local)IP$/, values: address },
  { tables: device, columns: /^(?:InitiatingProcess)?SHA1$/, values: hash("SHA-1", 40) },
  { tables: device, columns: /^(?:InitiatingProcess)?SHA256$/, values: hash("SHA-256", 64) },
  { tables: device, columns: /^(?:InitiatingProcess)?MD5$/, values: hash("MD5", 32) },
  { tables: /^DeviceProcessEvents$/, columns: /^ActionType$/, values: one("ProcessCreated") },
  {
    tables: /^DeviceFileEvents$/,
    columns: /^ActionType$/,
    values: one("FileCreated", "FileDeleted", "FileModified", "FileRenamed"),
  },
  {
    tables: /^DeviceLogonEvents$/,
    columns: /^ActionType$/,
    values: one("LogonSuccess", "LogonFailed", "LogonAttempted"),
  },
  {
    tables: /^DeviceRegistryEvents$/,
    columns: /^ActionType$/,
    values: one(
      "RegistryKeyCreated",
      "RegistryKeyDeleted",
      "RegistryKeyRenamed",
      "RegistryValueSet",
      "RegistryValueDeleted",
    ),
  },
  {
    tables: device,
    columns: /^RemoteIPType$/,
    values: one("Public", "Private", "Reserved", "Loopback", "Teredo", "FourToSixMapping", "Broadcast"),
  },
  {
    tables: /^DeviceTvmSoftware/,
    columns: /^Software(?:Vendor|Name)$/,
    values: { what: "a name", case: "mostly lower" },
  },
  {
    tables: /^Email|^UrlClickEvents$/,
    columns: /^(?:Sender(?:MailFrom|From)Address|RecipientEmailAddress|AccountUpn)$/,
    values: mail,
  },
  { tables: /^EmailAttachmentInfo$/, columns: /^FileName$/, values: { what: "a file name", case: "varies" } },
  {
    tables: /^SecurityEvent$/,
    columns: /^(?:NewProcessName|ParentProcessName)$/,
    values: {
      ...path,
      whole: {
        pattern: /\\|^(?!.*\.(?:exe|com|scr|dll)$)/i,
        what: "the whole path",
        hint: "use `endswith`, with a backslash in front",
      },
    },
  },
  { tables: /^SecurityEvent$/, columns: /^Process$/, values: fileName },
  { tables: /^SecurityEvent$/, columns: /^CommandLine$/, values: commandLine },
  {
    tables: /^SecurityEvent$/,
    columns: /^Computer$/,
    values: { what: "a computer's name", case: "varies", never: [star] },
  },
  { tables: /^(?:SigninLogs|AADNonInteractiveUserSignInLogs)$/, columns: /^UserPrincipalName$/, values: lowerName },
  { tables: /^(?:SigninLogs|AADNonInteractiveUserSignInLogs)$/, columns: /^IPAddress$/, values: address },
  { tables: /^OfficeActivity$/, columns: /^UserId$/, values: mail },
  {
    tables: /^AzureActivity$/,
    columns: /^(?:OperationNameValue|ResourceGroup|ResourceProviderValue)$/,
    values: { what: "a name of Azure", case: "varies", exact: /^[^a-z]*$/ },
  },
];

/** What is known of an expression's values; undefined where nothing is, or where several tables differ. */
export function valuesOf(expr: Expr, input: Relation, facts: PlanFacts): Values | undefined {
  if (expr.kind !== "column") return undefined;
  const origins = originsOf(input, expr.name, facts);
  const found = origins?.map(
    ({ table, column }) => known.find((k) => k.tables.test(table) && k.columns.test(column))?.values,
  );
  const [first] = found ?? [];
  return found?.every((values) => values === first) ? first : undefined;
}

/** The words of a test that no value passes, and why; in the order of the text. */
export function impossibleWords(
  test: TextTest,
  values: Values,
): readonly { readonly word: TextTest["words"][number]; readonly why: string; readonly hint?: string }[] {
  return test.words.flatMap((word) => {
    if (word.text === "") return [];
    const never = values.never?.find(({ pattern }) => pattern.test(word.text));
    if (never)
      return [{ word, why: `${values.what} has no ${never.what}`, ...(never.hint ? { hint: never.hint } : {}) }];
    const whole = test.way === "equals" || (test.way === "has" && values.case === "lower");
    if (whole && values.whole && !values.whole.pattern.test(word.text)) {
      return [{ word, why: `${values.what} is ${values.whole.what}`, hint: values.whole.hint }];
    }
    if (!test.ignoreCase && values.case === "lower" && /[A-Z]/.test(word.text)) {
      return [
        { word, why: `${values.what} stands in lower case`, hint: "write it in lower case, or use `=~` or `in~`" },
      ];
    }
    const name = values.names?.find((n) => n.toLowerCase() === word.text.toLowerCase());
    if (name !== undefined && name !== word.text && !test.ignoreCase && test.way === "equals") {
      return [
        { word, why: `the value is \`${name}\`, and \`${test.operator}\` minds case`, hint: `write \`${name}\`` },
      ];
    }
    return [];
  });
}

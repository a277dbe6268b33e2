import type { RuleInfo } from "../../plan/emission.ts";
import { type SigmaLevel, type SigmaRule, type SigmaStatus, sigmaLevels, sigmaStatuses } from "../../sigma/rule.ts";

type Metadata = Omit<SigmaRule, "logsource" | "searches" | "condition">;

/** Everything of a Sigma rule but its detection; what has no form that Sigma accepts is left out. */
export function metadata(info: RuleInfo): Metadata {
  const status = statusOf(info.status);
  const level = sigmaLevels.find((known): known is SigmaLevel => known === info.severity?.toLowerCase());
  const date = isoDate(info.date);
  const modified = isoDate(info.modified);
  const tags = tagsOf(info);
  return {
    title: oneLine(info.name ?? "Untitled").slice(0, 256),
    ...(info.id !== undefined && uuid.test(info.id) ? { id: info.id } : {}),
    ...(status === undefined ? {} : { status }),
    ...(info.description === undefined ? {} : { description: paragraph(info.description) }),
    ...(info.references === undefined ? {} : { references: [...new Set(info.references)] }),
    ...(info.author === undefined ? {} : { author: info.author }),
    ...(date === undefined ? {} : { date }),
    ...(modified === undefined ? {} : { modified }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(info.falsePositives === undefined ? {} : { falsePositives: info.falsePositives }),
    ...(level === undefined ? {} : { level }),
  };
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Text of several lines ends in a line break, as a block in YAML does. */
function paragraph(text: string): string {
  return text.includes("\n") ? `${text.trimEnd()}\n` : text;
}

/** Sentinel's words for a rule's state, and Sigma's own. */
const statuses: Readonly<Record<string, SigmaStatus>> = {
  available: "test",
  production: "stable",
  preview: "experimental",
  development: "experimental",
};

function statusOf(status: string | undefined): SigmaStatus | undefined {
  const word = status?.toLowerCase();
  if (word === undefined) return undefined;
  return sigmaStatuses.find((known) => known === word) ?? (Object.hasOwn(statuses, word) ? statuses[word] : undefined);
}

function isoDate(date: string | undefined): string | undefined {
  const parts = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:T|$)/.exec(date ?? "");
  if (parts === null) return undefined;
  const [, year = "", month = "", day = ""] = parts;
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return Number.isNaN(Date.parse(text)) ? undefined : text;
}

/** `CredentialAccess` → `attack.credential-access`, `T1552.001` → `attack.t1552.001`. */
function tagsOf(info: RuleInfo): string[] {
  const tactics = (info.tactics ?? []).map((tactic) =>
    tactic
      .trim()
      .replace(/([a-z])([A-Z])/g, "$1-$2")
      .replace(/\s+/g, "-")
      .toLowerCase(),
  );
  const techniques = (info.techniques ?? []).map((technique) => technique.trim().toLowerCase());
  const known = [
    ...tactics.filter((tactic) => /^[a-z]+(?:-[a-z]+)*$/.test(tactic)),
    ...techniques.filter((technique) => /^t\d{4}(?:\.\d{3})?$/.test(technique)),
  ];
  return [...new Set(known)].map((name) => `attack.${name}`);
}

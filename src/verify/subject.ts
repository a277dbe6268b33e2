import type { Note } from "../diagnostics/fidelity.ts";
import type { Profile } from "../fields/profile.ts";
import type { Language } from "./side.ts";
import type { ResultColumn } from "./table.ts";

/** A rule to verify. */
export interface Subject {
  readonly text: string;
  readonly language: Language;
  /** What messages call it. */
  readonly name: string;
  /** Of an emitted rule: what it says about itself. */
  readonly notes?: readonly Note[];
  /** The profile that it is written for, where it is known. */
  readonly profile?: Profile;
  /** Of an emitted TypeScript module: its result's columns. */
  readonly columns?: readonly ResultColumn[];
}

/** The language of a text, from its file's name where there is one, else from how it looks. */
export function languageOf(text: string, fileName = ""): Language {
  if (/\.kql$/i.test(fileName)) return "kql";
  if (/\.spl$/i.test(fileName)) return "spl";
  if (/\.[mc]?[tj]s$/i.test(fileName)) return "typescript";
  if (/^detection:\s*$/m.test(text)) return "sigma";
  if (/\.ya?ml$/i.test(fileName)) return "kql";
  if (/from "ruleport\/runtime"|^export (?:async )?function\b/m.test(text)) return "typescript";
  if (/^\s*(?:\||search\s|`|[\w.]+\s*(?:=|IN\b)|\(|")/.test(text) && !/^\s*\w+\s*\n?\s*\|\s*where\b/.test(text))
    return "spl";
  return "kql";
}

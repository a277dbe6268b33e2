import { printConf, type Stanza } from "../../conf/conf.ts";
import type { ContentInput, ContentNote } from "../content.ts";
import { macroStanzas } from "./macros.ts";
import { savedSearch } from "./saved-search.ts";

/** A rule's part in the app: null where it has none. */
export interface AppPart {
  readonly stanza: Stanza;
  readonly search: string;
}

export function appPart(input: ContentInput, notes: ContentNote[]): AppPart | null {
  if (input.spl === null) {
    notes.push({ level: "unsupported", cause: "query", message: "the query is not emitted for Splunk in any profile" });
    return null;
  }
  const stanza = savedSearch(input, input.spl, notes);
  if (stanza === null) {
    notes.push({ level: "unsupported", cause: "conf", message: "no .conf file can hold the search" });
    return null;
  }
  return { stanza, search: input.spl.text };
}

/**
 * The rules of a folder as an app that Splunk loads: path below the app → content. Searches are switched on by whoever installs
 * it; nothing in it depends on the time of the build.
 */
export function splunkApp(parts: readonly AppPart[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  if (parts.length === 0) return files;
  const stanzas = parts.map(({ stanza }) => stanza);
  files.set("default/app.conf", printConf(appStanzas));
  files.set("default/savedsearches.conf", printConf(stanzas));
  const macros = macroStanzas(parts.map(({ search }) => search));
  if (macros.length > 0) files.set("default/macros.conf", printConf(macros));
  files.set("metadata/default.meta", meta);
  return files;
}

export const appName = "splunk_app";

const appStanzas: readonly Stanza[] = [
  {
    name: "install",
    settings: [
      { key: "is_configured", value: "0" },
      { key: "state", value: "enabled" },
    ],
  },
  {
    name: "ui",
    settings: [
      { key: "is_visible", value: "0" },
      { key: "label", value: "Ported detection rules" },
    ],
  },
  {
    name: "launcher",
    settings: [
      { key: "author", value: "ruleport" },
      { key: "description", value: "Detection rules ported from KQL." },
      { key: "version", value: "1.0.0" },
    ],
  },
  {
    name: "package",
    settings: [
      { key: "id", value: appName },
      { key: "check_for_updates", value: "0" },
    ],
  },
  {
    name: "id",
    settings: [
      { key: "name", value: appName },
      { key: "version", value: "1.0.0" },
    ],
  },
];

/** Everybody reads it, administrators change it, and other apps see its searches and macros. */
const meta = `[]
access = read : [ * ], write : [ admin, sc_admin ]
export = system
`;

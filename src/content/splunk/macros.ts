import type { Stanza } from "../../conf/conf.ts";

interface Macro {
  readonly args: readonly string[];
  readonly definition: string;
  readonly description: string;
}

/** The macros that emitted searches use, by name, as Splunk's security content and its CIM add-on define them. */
const known: Readonly<Record<string, Macro>> = {
  security_content_summariesonly: {
    args: [],
    definition: "summariesonly=false allow_old_summaries=true fillnull_value=unknown",
    description: "Whether searches of data models read accelerated events alone.",
  },
  security_content_ctime: {
    args: ["field"],
    definition: 'convert timeformat="%Y-%m-%dT%H:%M:%S" ctime($field$)',
    description: "Epoch seconds as a readable time.",
  },
  drop_dm_object_name: {
    args: ["object"],
    definition: 'rename "$object$.*" as "*"',
    description: "Takes the name of the dataset from the names of its fields.",
  },
  sysmon: {
    args: [],
    definition:
      "sourcetype=XmlWinEventLog:Microsoft-Windows-Sysmon/Operational OR source=XmlWinEventLog:Microsoft-Windows-Sysmon/Operational",
    description: "Where Sysmon's events are.",
  },
};

/** The names of macros that a search calls. */
export function macrosIn(search: string): readonly string[] {
  const names = [...search.matchAll(/`(\w+)(?:\([^`]*\))?`/g)].map(([, name = ""]) => name);
  return [...new Set(names)];
}

/** Stanzas of macros.conf for every macro of the searches; those of no definition here are filters, which let all pass. */
export function macroStanzas(searches: readonly string[]): readonly Stanza[] {
  const names = [...new Set(searches.flatMap(macrosIn))].sort();
  return names.flatMap((name): Stanza[] => {
    const macro = Object.hasOwn(known, name) ? known[name] : filterOf(name);
    if (macro === undefined) return [];
    const { args, definition, description } = macro;
    return [
      {
        name: args.length === 0 ? name : `${name}(${args.length})`,
        settings: [
          ...(args.length === 0 ? [] : [{ key: "args", value: args.join(", ") }]),
          { key: "definition", value: definition },
          { key: "description", value: description },
          { key: "iseval", value: "0" },
        ],
      },
    ];
  });
}

function filterOf(name: string): Macro | undefined {
  if (!name.endsWith("_filter")) return undefined;
  return { args: [], definition: "search *", description: "Results to leave out: extend it where the rule is noisy." };
}

/** Macros of a search that nothing here defines: the user's own. */
export function unknownMacros(search: string): readonly string[] {
  return macrosIn(search).filter((name) => !Object.hasOwn(known, name) && !name.endsWith("_filter"));
}

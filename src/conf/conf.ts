/** A stanza of one of Splunk's .conf files; settings in the order of the file, each name once: the last value counts. */
export interface Stanza {
  readonly name: string;
  readonly settings: ReadonlyMap<string, string>;
}

/** A line of a .conf file that cannot be read; counted from 1. */
export class ConfError extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.name = "ConfError";
    this.line = line;
  }
}

/**
 * Reads a .conf file: `[stanza]`, `name = value`, comments that begin a line with `#`. A backslash at the end of a line carries the
 * value on to the next one; the line break stays part of it. Settings before the first stanza belong to `default`.
 * (Splunk's Admin Manual, "About configuration files")
 * @throws ConfError
 */
export function parseConf(text: string): readonly Stanza[] {
  const stanzas = new Map<string, Map<string, string>>();
  let settings: Map<string, string> | undefined;
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const number = at + 1;
    let line = lines[at] ?? "";
    if (line.trim() === "" || line.trimStart().startsWith("#")) continue;
    const stanza = /^\s*\[(.*)\]\s*$/.exec(line)?.[1];
    if (stanza !== undefined) {
      settings = stanzas.get(stanza) ?? new Map<string, string>();
      stanzas.set(stanza, settings);
      continue;
    }
    while (line.endsWith("\\") && at + 1 < lines.length) {
      at++;
      line = `${line.slice(0, -1)}\n${lines[at] ?? ""}`;
    }
    const equals = line.indexOf("=");
    if (equals < 0) throw new ConfError(number, "is neither a stanza nor a setting");
    settings ??= new Map<string, string>();
    if (!stanzas.has("default") && stanzas.size === 0) stanzas.set("default", settings);
    settings.set(line.slice(0, equals).trim(), line.slice(equals + 1).trim());
  }
  return [...stanzas].map(([name, own]) => ({ name, settings: own }));
}

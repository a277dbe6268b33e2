/** A stanza of a `.conf` file of Splunk: settings in their order. */
export interface Stanza {
  readonly name: string;
  readonly settings: readonly Setting[];
}

export interface Setting {
  readonly key: string;
  readonly value: string;
  /** Of the key, from 1; absent where the setting was not read from a file. */
  readonly line?: number;
}

/**
 * Stanzas as a `.conf` file. A line break inside a value stands behind a backslash, as Splunk reads it. @throws RangeError for
 * a name, key or value that no file can hold.
 */
export function printConf(stanzas: readonly Stanza[], comment: readonly string[] = []): string {
  const head = comment.map((line) => `# ${line}\n`).join("");
  const body = stanzas.map(({ name, settings }) => `[${name}]\n${settings.map(printSetting).join("")}`);
  for (const { name } of stanzas) {
    if (/[\]\p{Cc}\u2028\u2029]/u.test(name) || name.endsWith("\\"))
      throw new RangeError(`${JSON.stringify(name)} cannot be the name of a stanza`);
  }
  return `${head}${head === "" ? "" : "\n"}${body.join("\n")}`;
}

function printSetting({ key, value }: Setting): string {
  if (!/^[A-Za-z_][\w.:-]*$/.test(key)) throw new RangeError(`${JSON.stringify(key)} cannot be the name of a setting`);
  if (!isConfValue(value)) throw new RangeError(`the value of ${key} cannot be written to a file`);
  return `${key} = ${value.replaceAll("\n", "\\\n")}\n`;
}

/** Control characters and other ends of lines: no value can hold them. */
const unwritable = /(?![\t\n])\p{Cc}|[\u2028\u2029\ufeff\p{Cs}]/u;

/** Whether a value comes back as itself: blanks around it are cut, a backslash at its end would join the next line to it. */
export function isConfValue(value: string): boolean {
  return value === value.trim() && !value.endsWith("\\") && !unwritable.test(value);
}

/** The nearest text that a value can hold. */
export function confValue(text: string): string {
  const value = text.replaceAll("\r\n", "\n").replace(new RegExp(unwritable, "gu"), " ").trim();
  return value.endsWith("\\") ? `${value} .` : value;
}

export interface ConfProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
  /** Whether something was left out, so that the stanzas do not hold all of the file. */
  readonly left: boolean;
}

/**
 * Reads a `.conf` file strictly: `[stanza]`, `key = value`, lines that begin with `#`, and a backslash at the end of a line,
 * which takes the next line, and the break before it, into the value. Settings before the first stanza belong to `default`.
 * A stanza that comes twice is one. What cannot be read is a problem and left out. Never throws.
 */
export function parseConf(text: string): {
  readonly stanzas: readonly Stanza[];
  readonly problems: readonly ConfProblem[];
} {
  const stanzas = new Map<string, Setting[]>();
  const problems: ConfProblem[] = [];
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/);
  let current: Setting[] | undefined;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const number = at + 1;
    if (/^\s*(?:#|$)/.test(line)) continue;
    const stanza = /^\s*\[(.*)\]\s*$/.exec(line);
    if (stanza !== null) {
      const name = stanza[1] ?? "";
      current = stanzas.get(name) ?? [];
      stanzas.set(name, current);
      continue;
    }
    const parts = [line];
    while ((parts.at(-1) ?? "").endsWith("\\")) {
      parts.push((parts.pop() ?? "").slice(0, -1));
      if (at + 1 >= lines.length || (at + 2 === lines.length && lines[at + 1] === "")) {
        problems.push({ line: at + 1, message: "a backslash at the end of the file continues nothing", left: false });
        break;
      }
      at++;
      parts.push(lines[at] ?? "");
    }
    const whole = parts.join("\n");
    const equals = whole.indexOf("=");
    const key = whole.slice(0, Math.max(0, equals)).trim();
    if (equals < 0 || key === "" || key.includes("\n")) {
      problems.push({ line: number, message: "neither a stanza nor a setting", left: true });
      continue;
    }
    if (current === undefined) {
      current = stanzas.get("default") ?? [];
      stanzas.set("default", current);
    }
    if (current.some((setting) => setting.key === key))
      problems.push({ line: number, message: `the setting ${key} is given twice; the last one counts`, left: false });
    const before = current.findIndex((setting) => setting.key === key);
    if (before >= 0) current.splice(before, 1);
    current.push({ key, value: whole.slice(equals + 1).trim(), line: number });
  }
  return { stanzas: [...stanzas].map(([name, settings]) => ({ name, settings })), problems };
}

import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap } from "yaml";
import { type Diagnostic, Diagnostics } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/source.ts";
import { parseSearchTerms } from "../spl/search-terms.ts";
import { parseField } from "./field-syntax.ts";
import type { Profile } from "./profile.ts";
import { type ProfileSource, profileOf, type TableSource } from "./profile-source.ts";

/**
 * Reads a field-mapping profile from YAML:
 *
 *     name: my-sysmon
 *     description: Sysmon in our index
 *     tables:
 *       DeviceProcessEvents:
 *         search: index=endpoint sourcetype="XmlWinEventLog" EventCode=1
 *         missing: "-"
 *         time: _time
 *         fields:
 *           FolderPath: Image
 *           FileName: $basename(Image)
 *         constants:
 *           ActionType: ProcessCreated
 *
 * `fileName` gives the name where the text has none. Anything of a wrong form is a FILE004 at its place, and there is no profile.
 */
export function parseProfile(
  text: string,
  fileName: string,
): { readonly profile: Profile | null; readonly diagnostics: readonly Diagnostic[] } {
  const reader = new Reader(text);
  const source = reader.profile(fileName);
  const { list, failed } = reader.diagnostics;
  return { profile: failed || source === null ? null : profileOf(source), diagnostics: list };
}

const topKeys = ["name", "description", "tables"];
const tableKeys = [
  "search",
  "macroSearch",
  "dataModel",
  "logsource",
  "missing",
  "filled",
  "time",
  "alsoShown",
  "fields",
  "constants",
  "otherFields",
];

class Reader {
  readonly diagnostics: Diagnostics;
  readonly text: string;

  constructor(text: string) {
    this.text = text;
    this.diagnostics = new Diagnostics(text);
  }

  profile(fileName: string): ProfileSource | null {
    const document = parseDocument(this.text, { prettyErrors: false, uniqueKeys: true });
    for (const error of document.errors) this.wrong({ start: error.pos[0], end: error.pos[1] }, error.message);
    if (document.errors.length > 0) return null;
    const top = this.map(document.contents, "a profile", topKeys);
    if (top === null) return null;
    const tables = this.entry(top, "tables");
    if (tables === undefined) {
      this.wrong(spanOf(top), "a profile needs `tables`");
      return null;
    }
    const name = this.textEntry(top, "name") ?? fileName.replace(/^.*[\\/]/, "").replace(/\.ya?ml$/, "");
    const description = this.textEntry(top, "description");
    const found = new Map<string, TableSource>();
    for (const [table, value] of this.entries(tables, "`tables`")) found.set(table, this.table(value, table));
    return { name, ...given({ description }), tables: Object.fromEntries(found) };
  }

  private table(node: unknown, name: string): TableSource {
    const map = this.map(node, `the table ${name}`, tableKeys);
    if (map === null) return {};
    const table: TableSource = given({
      search: this.textEntry(map, "search"),
      macroSearch: this.textEntry(map, "macroSearch"),
      dataModel: this.textEntry(map, "dataModel"),
      missing: this.textEntry(map, "missing"),
      filled: this.list(map, "filled"),
      time: this.textEntry(map, "time"),
      alsoShown: this.list(map, "alsoShown"),
      otherFields: this.textEntry(map, "otherFields"),
      logsource: this.texts(map, "logsource"),
      fields: this.fields(map),
      constants: this.constants(map),
    });
    for (const key of ["search", "macroSearch"] as const) this.searchTerms(map, key, table[key]);
    if (table.dataModel !== undefined && !/^\w+\.\w+$/.test(table.dataModel)) {
      this.wrong(
        spanOf(this.entry(map, "dataModel")),
        "a data model is written Model.Dataset, such as Endpoint.Processes",
      );
    }
    if (table.search === undefined && table.dataModel === undefined && table.logsource === undefined) {
      this.wrong(spanOf(map), `the table ${name} needs \`search\`, \`dataModel\` or \`logsource\``);
    }
    return table;
  }

  private searchTerms(map: YAMLMap, key: string, text: string | undefined): void {
    try {
      parseSearchTerms((text ?? "").replaceAll("$table$", "T"));
    } catch (error) {
      this.wrong(spanOf(this.entry(map, key)), error instanceof Error ? error.message : String(error));
    }
  }

  private fields(map: YAMLMap): Readonly<Record<string, string>> | undefined {
    const node = this.entry(map, "fields");
    if (node === undefined) return undefined;
    return Object.fromEntries(
      this.entries(node, "`fields`").flatMap(([column, value]) => {
        const field = this.string(value, `the field of ${column}`);
        if (field === null) return [];
        try {
          parseField(field);
        } catch (error) {
          this.wrong(
            spanOf(value),
            `the field of ${column}: ${error instanceof Error ? error.message : String(error)}`,
          );
          return [];
        }
        return [[column, field]];
      }),
    );
  }

  private constants(map: YAMLMap): Readonly<Record<string, string | number | boolean>> | undefined {
    const node = this.entry(map, "constants");
    if (node === undefined) return undefined;
    return Object.fromEntries(
      this.entries(node, "`constants`").flatMap(([column, value]) => {
        const constant: unknown = isScalar(value) ? value.value : undefined;
        if (typeof constant === "string" || typeof constant === "number" || typeof constant === "boolean")
          return [[column, constant]];
        this.wrong(spanOf(value), `the constant ${column} must be a text, a number or true or false`);
        return [];
      }),
    );
  }

  private texts(map: YAMLMap, key: string): Readonly<Record<string, string>> | undefined {
    const node = this.entry(map, key);
    if (node === undefined) return undefined;
    return Object.fromEntries(
      this.entries(node, `\`${key}\``).flatMap(([name, value]) => {
        const text = this.string(value, `\`${name}\``);
        return text === null ? [] : [[name, text]];
      }),
    );
  }

  private list(map: YAMLMap, key: string): readonly string[] | undefined {
    const node = this.entry(map, key);
    if (node === undefined) return undefined;
    if (!isSeq(node)) {
      this.wrong(spanOf(node), `\`${key}\` must be a list`);
      return undefined;
    }
    return node.items.flatMap((item) => this.string(item, `an entry of \`${key}\``) ?? []);
  }

  private textEntry(map: YAMLMap, key: string): string | undefined {
    const node = this.entry(map, key);
    return node === undefined ? undefined : (this.string(node, `\`${key}\``) ?? undefined);
  }

  private string(node: unknown, what: string): string | null {
    if (isScalar(node) && typeof node.value === "string") return node.value;
    this.wrong(spanOf(node), `${what} must be a text`);
    return null;
  }

  private entry(map: YAMLMap, key: string): unknown {
    return map.items.find((pair) => keyOf(pair) === key)?.value ?? undefined;
  }

  private entries(node: unknown, what: string): readonly [string, unknown][] {
    const map = this.map(node, what, null);
    if (map === null) return [];
    return map.items.map((pair) => [keyOf(pair), pair.value]);
  }

  private map(node: unknown, what: string, keys: readonly string[] | null): YAMLMap | null {
    if (!isMap(node)) {
      this.wrong(spanOf(node), isAlias(node) ? "a profile has no aliases" : `${what} must be a mapping`);
      return null;
    }
    for (const pair of node.items) {
      const key = keyOf(pair);
      if (keys !== null && !keys.includes(key)) {
        this.wrong(spanOf(pair.key), `${what} has no \`${key}\``, `use one of ${keys.join(", ")}`);
      }
    }
    return node;
  }

  private wrong(span: Span, message: string, hint?: string): void {
    this.diagnostics.add("FILE004", span, message, hint);
  }
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : "";
}

function spanOf(node: unknown): Span {
  const range = isNode(node) ? node.range : undefined;
  return range ? { start: range[0], end: range[1] } : { start: 0, end: 0 };
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "range" in value;
}

/** Without the entries that are undefined. */
function given<T extends object>(record: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

import { type Document, isMap, parseDocument, type YAMLError } from "yaml";
import { type Diagnostic, Diagnostics } from "../diagnostics/diagnostic.ts";
import { noSpan, type Source } from "../diagnostics/source.ts";
import { type Fields, fieldsOf } from "./fields.ts";
import { readInfo } from "./info.ts";
import { scalarSource, uncommented } from "./query-source.ts";
import { noDeployment, readDeployment } from "./read-deployment.ts";
import { type Flavour, flavours, languages, type Rule, type Variant } from "./rule.ts";

/** Beyond this a file is not a rule, and not worth the time to find out. In UTF-16 units. */
const maxLength = 4_000_000;
/** More alias uses than any rule has; a bomb of nested aliases ends here. */
const maxAliases = 50;

/**
 * Reads a rule file: `.yml` and `.yaml` as a rule in the form of `Rule`, anything else as a bare query named like the file.
 * Findings (FILE002) are located in the file; `rule` is null where one of them is an error.
 */
export function readRule(text: string, fileName: string): { rule: Rule | null; diagnostics: readonly Diagnostic[] } {
  const diagnostics = new Diagnostics(text);
  const rule = /\.ya?ml$/i.test(fileName)
    ? readYaml(text, fileName, diagnostics)
    : readBare(text, fileName, diagnostics);
  return { rule: diagnostics.failed ? null : rule, diagnostics: diagnostics.list };
}

function readBare(text: string, fileName: string, diagnostics: Diagnostics): Rule | null {
  if (text.trim() === "") diagnostics.add("FILE002", noSpan, "the file is empty");
  const name = baseName(fileName);
  const query: Source = { name: fileName, text };
  return {
    fileName,
    name,
    query,
    language: /\.spl$/i.test(fileName) ? "spl" : "kql",
    variants: [],
    flavours: [],
    reference: null,
    info: { name },
    deployment: noDeployment,
    fields: {},
  };
}

function readYaml(text: string, fileName: string, diagnostics: Diagnostics): Rule | null {
  const document = parse(text, diagnostics);
  if (document === null) return null;
  if (!isMap(document.contents)) {
    diagnostics.add("FILE002", noSpan, "a rule file is a map of keys such as name and query");
    return null;
  }
  const fields = fieldsOf(document.contents, "", diagnostics);
  const data = plainData(document, diagnostics);
  const scalar = fields.scalar("query");
  if (scalar === undefined) {
    if (!diagnostics.failed) {
      diagnostics.add("FILE002", fields.span("query"), "the rule has no query", "add a key `query` with its text");
    }
    return null;
  }
  if (scalar.value.trim() === "") diagnostics.add("FILE002", fields.span("query"), "the query is empty");
  const query = scalarSource(fileName, text, scalar);
  const own = fields.map("ruleport");
  return {
    fileName,
    name: fields.string("name") ?? baseName(fileName),
    query,
    language: own?.oneOf("language", languages) ?? "kql",
    variants: own === undefined ? [] : readVariants(own, query, diagnostics),
    flavours: own === undefined ? [] : readFlavours(own, diagnostics),
    reference: own?.string("reference") ?? null,
    info: readInfo(fields, own, baseName(fileName)),
    deployment: readDeployment(fields, diagnostics),
    fields: data ?? {},
  };
}

function parse(text: string, diagnostics: Diagnostics): Document.Parsed | null {
  if (text.length > maxLength) {
    diagnostics.add("FILE002", noSpan, `the file has more than ${maxLength} characters`);
    return null;
  }
  try {
    const document = parseDocument(text, { keepSourceTokens: true, prettyErrors: false });
    for (const error of document.errors) report(error, diagnostics);
    return document.errors.length > 0 ? null : document;
  } catch (error) {
    // The composer walks nested collections by recursion.
    if (!(error instanceof RangeError)) throw error;
    diagnostics.add("FILE002", noSpan, "the YAML is nested too deep");
    return null;
  }
}

function report(error: YAMLError, diagnostics: Diagnostics): void {
  const message = (error.message.split("\n")[0] ?? "").replace(/[:.]?\s*$/, "");
  diagnostics.add("FILE002", { start: error.pos[0], end: error.pos[1] }, `not valid YAML: ${message}`);
}

/** The file as plain data; aliases are resolved, within bounds. */
function plainData(document: Document.Parsed, diagnostics: Diagnostics): Record<string, unknown> | null {
  try {
    const data: unknown = document.toJS({ maxAliasCount: maxAliases });
    return isRecord(data) ? data : null;
  } catch (error) {
    if (!(error instanceof ReferenceError) && !(error instanceof RangeError)) throw error;
    diagnostics.add("FILE002", noSpan, "the YAML has too many or unresolved aliases");
    return null;
  }
}

function isRecord(data: unknown): data is Record<string, unknown> {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

function readFlavours(own: Fields, diagnostics: Diagnostics): Flavour[] {
  const known = new Map<string, Flavour>(flavours.map((flavour) => [flavour, flavour]));
  return (own.strings("flavours") ?? []).flatMap((name) => {
    const flavour = known.get(name);
    if (flavour !== undefined) return [flavour];
    diagnostics.add("FILE002", own.span("flavours"), `unknown flavour "${name}"`, `use ${flavours.join(" or ")}`);
    return [];
  });
}

function readVariants(own: Fields, query: Source, diagnostics: Diagnostics): Variant[] {
  const variants = own.map("variants");
  if (variants === undefined) return [];
  return variants.keys().flatMap((name) => {
    const variant = variants.map(name);
    if (variant === undefined) return [];
    const flavoured = readFlavours(variant, diagnostics);
    const own = flavoured.length > 0 ? { flavours: flavoured } : {};
    const scalar = variant.scalar("query");
    if (scalar !== undefined && query.container !== undefined) {
      return [{ name, query: scalarSource(query.name, query.container.text, scalar), ...own }];
    }
    const start = variant.string("uncomment");
    if (start === undefined) {
      diagnostics.add("FILE002", variants.span(name), `the variant "${name}" has neither query nor uncomment`);
      return [];
    }
    const changed = uncommented(query, start);
    if (changed !== null) return [{ name, query: changed, ...own }];
    diagnostics.add("FILE002", variant.span("uncomment"), `no comment line of the query begins with "${start}"`);
    return [];
  });
}

function baseName(fileName: string): string {
  const last = fileName.split(/[\\/]/).at(-1) ?? fileName;
  return last.replace(/(?<=.)\.[^.]*$/, "");
}

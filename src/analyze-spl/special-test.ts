import type { Span } from "../diagnostics/source.ts";
import type { EventField } from "../plan/event-fields.ts";
import type { Expr } from "../plan/nodes.ts";
import { allOf, call, column, test, text, truth } from "./build.ts";
import type { Notes } from "./notes.ts";
import { fitsWildcard, wildcardTest } from "./pattern.ts";
import { registryNote } from "./rows.ts";

/** Tests of a field that columns other than its own value say better; null where there is none. */
export function specialTest(event: EventField, pattern: string, name: string, notes: Notes, span: Span): Expr | null {
  switch (event.kind) {
    case "column":
      return event.last === null ? null : lastPart(column(event.last, span), pattern, span);
    case "joined":
      return joinedParts(event, pattern, span);
    case "hashes":
      return hash(event.columns, pattern, name, notes, span);
    case "registry-path":
      registryNote(name, notes, span);
      return registryPath(event, pattern, span);
    case "registry-data":
      registryNote(name, notes, span);
      return registryData(column(event.column, span), pattern, span);
    case "constant":
      return truth(fitsWildcard(pattern, event.value), span);
  }
}

/** `*\net.exe`: a path ends in a file's name just where the file has that name. */
function lastPart(file: Expr, pattern: string, span: Span): Expr | null {
  const found = /^\*+\\([^\\*/]+)$/.exec(pattern);
  return found?.[1] === undefined ? null : test("=~", span, file, text(found[1], span));
}

/** `*\bob`, `CONTOSO\*`, `CONTOSO\bob` */
function joinedParts(event: Extract<EventField, { kind: "joined" }>, pattern: string, span: Span): Expr | null {
  const parts = pattern.split(event.separator);
  const [before, after] = parts;
  if (parts.length !== 2 || before === undefined || after === undefined) return null;
  const stars = /^\*+$/;
  const inner = (part: string): boolean => part.includes("*") && !stars.test(part);
  if (inner(before) || inner(after)) return null;
  const tests: Expr[] = [];
  if (!stars.test(before)) tests.push(wildcardTest(column(event.before, span), before, span));
  if (!stars.test(after)) tests.push(wildcardTest(column(event.after, span), after, span));
  return allOf(tests, span);
}

const hives: Readonly<Record<string, string>> = {
  HKLM: "HKEY_LOCAL_MACHINE",
  HKU: "HKEY_USERS",
  HKCU: "HKEY_CURRENT_USER",
  HKCR: "HKEY_CLASSES_ROOT",
};

/** `*\\Control\\Lsa\\RunAsPPL`: the key's end and the value's name; any other pattern over both. */
function registryPath(
  { key, value }: Extract<EventField, { kind: "registry-path" }>,
  pattern: string,
  span: Span,
): Expr {
  const full = pattern.replace(/(^|[*\\])(HK(?:LM|U|CU|CR))(?=\\|\*|$)/i, (_, before: string, hive: string) => {
    return `${before}${hives[hive.toUpperCase()] ?? hive}`;
  });
  const last = full.lastIndexOf("\\");
  const [path, name] = [full.slice(0, last), full.slice(last + 1)];
  if (last > 0 && name !== "" && !name.includes("*") && !/^\*?$/.test(path)) {
    return allOf(
      [wildcardTest(column(key, span), path, span), test("=~", span, column(value, span), text(name, span))],
      span,
    );
  }
  const both = call("strcat", "string", span, column(key, span), text("\\", span), column(value, span));
  return wildcardTest(both, full, span);
}

/** `0x00000001` is `1`. */
function registryData(data: Expr, pattern: string, span: Span): Expr {
  const found = /^\*?0x([0-9a-f]{1,8})\*?$/i.exec(pattern);
  if (found?.[1] === undefined) return wildcardTest(data, pattern, span);
  return test("==", span, data, text(String(Number.parseInt(found[1], 16)), span));
}

const lengths: Readonly<Record<number, string>> = { 32: "MD5", 40: "SHA1", 64: "SHA256" };

/** A hash that is looked for in the list of them, by its name or its length. */
function hash(
  columns: Extract<EventField, { kind: "hashes" }>["columns"],
  pattern: string,
  name: string,
  notes: Notes,
  span: Span,
): Expr {
  const found = /^\*?(?:([A-Za-z0-9]+)=)?([0-9A-Fa-f]+)\*?$/.exec(pattern);
  const algorithm = found?.[1]?.toUpperCase() ?? lengths[found?.[2]?.length ?? 0];
  const target = algorithm === undefined ? undefined : columns.get(algorithm);
  const whole = found !== null && lengths[found[2]?.length ?? 0] === algorithm;
  if (found?.[2] !== undefined && target !== undefined && whole) {
    return test("=~", span, column(target, span), text(found[2].toLowerCase(), span));
  }
  const what = algorithm === undefined ? "this pattern" : `a hash of the kind ${algorithm}`;
  notes.unsupported("hashes", span, `no column holds ${what} of ${name}`);
  return truth(true, span);
}

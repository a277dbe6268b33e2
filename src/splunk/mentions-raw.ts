import type { Pipeline } from "../spl/tree.ts";

/** Commands that read the raw text unless told otherwise. */
const readers = new Set(["rex", "regex", "spath"]);

/** Plain commands that read the raw text. */
const plainReaders = new Set(["extract", "kv", "xmlkv", "xpath", "multikv", "kvform", "erex"]);

/**
 * Whether a search looks at the raw text of events: by words, by a command that reads it, or by its name. Events that come
 * without one get one only then.
 */
export function mentionsRaw(tree: Pipeline): boolean {
  const visit = (node: unknown): boolean => {
    if (typeof node === "string") return node === "_raw";
    if (Array.isArray(node)) return node.some(visit);
    if (typeof node !== "object" || node === null) return false;
    if ("kind" in node) {
      if (node.kind === "term" && "text" in node && node.text !== "*") return true;
      if (node.kind === "directive") return true;
      if (
        typeof node.kind === "string" &&
        readers.has(node.kind) &&
        !(("field" in node && node.field !== null) || ("input" in node && node.input !== null))
      )
        return true;
      if (node.kind === "plain" && "name" in node && typeof node.name === "string" && plainReaders.has(node.name))
        return true;
      if (node.kind === "call" && "name" in node && node.name === "searchmatch") return true;
    }
    return Object.values(node).some(visit);
  };
  return visit(tree);
}

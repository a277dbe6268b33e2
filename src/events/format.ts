export const eventFormats = ["jsonl", "json", "csv"] as const;
export type EventFormat = (typeof eventFormats)[number];

const extensions: Readonly<Record<string, EventFormat>> = {
  jsonl: "jsonl",
  ndjson: "jsonl",
  json: "json",
  csv: "csv",
};

/** The format that a file's name gives it, `.gz` aside; undefined where the name does not tell. */
export function formatOfName(path: string): EventFormat | undefined {
  const extension = /\.([a-z]+)$/.exec(path.toLowerCase().replace(/\.gz$/, ""))?.[1] ?? "";
  return Object.hasOwn(extensions, extension) ? extensions[extension] : undefined;
}

/** The format that the beginning of a text looks like. */
export function sniffFormat(head: string): EventFormat {
  const text = head.trimStart();
  if (text.startsWith("[")) return "json";
  if (!text.startsWith("{")) return "csv";
  // One object on the first line is JSON lines; an object that goes on is a JSON document.
  const firstLine = text.split("\n", 1)[0] ?? "";
  return firstLine.length < text.length && !firstLine.trimEnd().endsWith("}") ? "json" : "jsonl";
}

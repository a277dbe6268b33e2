import type { ImportedRule } from "./imported-rule.ts";
import { NotImported } from "./imported-rule.ts";

interface Fence {
  /** The word behind the opening fence, in lower case. */
  readonly language: string;
  readonly text: string;
  /** The heading above it. */
  readonly heading: string;
}

interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
}

/**
 * A hunting page: a title, prose, and queries in fences. The first query is the rule's, the others are its variants, named by
 * their headings. Fences count that say `kql` or `kusto`, or nothing and hold a pipe.
 * @throws NotImported where there is no query.
 */
export function readMarkdown(text: string, fallbackName: string): ImportedRule {
  const { fences, sections } = partsOf(text);
  const queries = fences.filter(isQuery);
  const [first, ...others] = queries;
  if (first === undefined) throw new NotImported("the page has no KQL in a fence");
  const title = sections.find((section) => section.heading !== "")?.heading;
  const prose = sections.flatMap((section) => section.lines).join("\n");
  const variants: Record<string, string> = {};
  for (const { heading, text: query } of others) variants[unused(variantName(heading), variants)] = query;
  return {
    name: title ?? fallbackName,
    language: "kql",
    query: first.text,
    variants,
    fields: {
      description: descriptionOf(sections),
      relevantTechniques: [...new Set(prose.match(/\bT\d{4}(?:\.\d{3})?\b/g))],
    },
    own: { references: referencesOf(sections) },
    unknown: [],
  };
}

function isQuery({ language, text }: Fence): boolean {
  if (language === "kql" || language === "kusto") return text.trim() !== "";
  return language === "" && /^\s*\||^\s*(?:let|union|search|find)\b|\|\s*where\b/m.test(text);
}

function partsOf(text: string): { readonly fences: readonly Fence[]; readonly sections: readonly Section[] } {
  const fences: Fence[] = [];
  const sections: { heading: string; lines: string[] }[] = [{ heading: "", lines: [] }];
  let open: { mark: string; language: string; lines: string[]; carriage: boolean } | null = null;
  for (const line of text.split("\n")) {
    const fence = /^ {0,3}(`{3,}|~{3,})\s*([^\s`]*)[^`]*$/.exec(line);
    const section = sections.at(-1);
    if (open !== null) {
      const mark = fence?.[1];
      const closes = mark?.[0] === open.mark[0] && mark !== undefined && mark.length >= open.mark.length;
      if (closes && fence?.[2] === "") {
        const body = open.lines.join("\n");
        // The line break before the closing fence is the page's, not the query's.
        const whole = open.carriage ? body.replace(/\r$/, "") : body;
        fences.push({ language: open.language, text: whole, heading: section?.heading ?? "" });
        open = null;
      } else {
        open.lines.push(line);
      }
      continue;
    }
    if (fence) {
      open = {
        mark: fence[1] ?? "```",
        language: (fence[2] ?? "").toLowerCase(),
        lines: [],
        carriage: line.endsWith("\r"),
      };
      continue;
    }
    const heading = /^#{1,6}\s+(.*?)\s*#*\s*$/.exec(line)?.[1];
    if (heading !== undefined) sections.push({ heading: plain(heading), lines: [] });
    else section?.lines.push(line.trimEnd());
  }
  return { fences, sections };
}

/** Without Markdown's own marks. */
function plain(text: string): string {
  return text.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[*_`]{1,3}(\S(?:.*?\S)?)[*_`]{1,3}/g, "$1");
}

function descriptionOf(sections: readonly Section[]): string | undefined {
  const named = sections.find((section) => /^description/i.test(section.heading));
  const text = (named ?? sections.find((section) => prose(section) !== ""))?.lines ?? [];
  return prose({ heading: "", lines: text }) || undefined;
}

function prose(section: Section): string {
  return section.lines
    .filter((line) => !/^\s*\|/.test(line))
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function referencesOf(sections: readonly Section[]): string[] {
  const named = sections.filter((section) => /^(?:references?|links?|sources?)\b/i.test(section.heading));
  return [...new Set(named.flatMap((s) => s.lines.join("\n").match(/https?:\/\/[^\s)>\]"']+/g) ?? []))];
}

function variantName(heading: string): string {
  const name = heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return name === "" ? "other" : name.slice(0, 60);
}

function unused(name: string, taken: Readonly<Record<string, unknown>>): string {
  if (!Object.hasOwn(taken, name)) return name;
  let number = 2;
  while (Object.hasOwn(taken, `${name}-${number}`)) number++;
  return `${name}-${number}`;
}

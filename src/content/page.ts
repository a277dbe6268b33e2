import { spokenDuration } from "../rules/duration.ts";
import { techniqueIds, techniqueLink } from "./attack.ts";
import type { ContentEmission, ContentInput, Ported } from "./content.ts";

/**
 * A page about a rule for people: what it finds, when it runs, its query in every language, how exact each is and how to see
 * that for oneself.
 */
export function emitPage(input: ContentInput): ContentEmission {
  const { rule } = input;
  const variants = [...new Set(input.ports.map(({ variant }) => variant))];
  const sections = [
    `# ${inline(rule.name)}`,
    rule.info.description === undefined ? null : prose(rule.info.description),
    facts(input),
    list("False positives", rule.info.falsePositives?.map(inline)),
    list("References", rule.info.references?.map(link)),
    "## The query",
    fence("kql", rule.query.text),
    ...variants.flatMap((variant) => languages(input, variant)),
    verified(input),
  ];
  return { text: `${sections.filter((section) => section !== null).join("\n\n")}\n`, notes: [] };
}

function facts({ rule }: ContentInput): string {
  const { schedule, trigger, nearRealTime, entities } = rule.deployment;
  const signs = { gt: "more than", lt: "fewer than", eq: "exactly", ne: "any number of results but" } as const;
  const rows: (readonly [string, string | undefined])[] = [
    ["severity", rule.info.severity],
    ["tactics", rule.info.tactics?.join(", ")],
    ["techniques", techniques(rule.info.techniques)],
    [
      "schedule",
      nearRealTime
        ? "as events arrive"
        : schedule === undefined
          ? "none: it is run by hand"
          : `every ${spokenDuration(schedule.frequency)}, over the last ${spokenDuration(schedule.period)}`,
    ],
    [
      "alert",
      schedule === undefined
        ? undefined
        : trigger.operator === "gt" && trigger.threshold === 0
          ? "on any result"
          : `on ${signs[trigger.operator]} ${trigger.threshold} results`,
    ],
    [
      "entities",
      entities.length === 0
        ? undefined
        : entities
            .map(({ type, identifiers }) => `${type} (${identifiers.map((i) => i.column).join(", ")})`)
            .join(", "),
    ],
    ["author", rule.info.author],
  ];
  const lines = rows.flatMap(([name, value]) => {
    if (value === undefined || value === "") return [];
    return [`| ${name} | ${name === "techniques" ? value : cell(value)} |`];
  });
  return ["| | |", "|---|---|", ...lines].join("\n");
}

function techniques(texts: readonly string[] | undefined): string | undefined {
  const ids = techniqueIds(texts);
  return ids.length === 0 ? undefined : ids.map((id) => `[${id}](${techniqueLink(id)})`).join(", ");
}

/** A query's ports: one section each, with what differs, and the languages that it cannot be said in. */
function languages(input: ContentInput, variant: string | null): string[] {
  const ports = input.ports.filter((entry) => entry.variant === variant).map(({ port }) => port);
  const shown = withoutRepeats(ports.filter((port) => port.fidelity !== "unsupported" && port.target !== "typescript"));
  const missing = ports.filter((port) => port.fidelity === "unsupported");
  const heading = variant === null ? [] : [`## Variant: ${inline(variant)}`];
  return [
    ...heading,
    ...shown.map((port) => {
      const level = variant === null ? "##" : "###";
      const parts = [
        `${level} ${port.title}${edition(port)} – ${port.fidelity}`,
        differences(port),
        fence(fences[port.target] ?? "", port.text.trimEnd()),
      ];
      return parts.filter((part) => part !== null).join("\n\n");
    }),
    ...(missing.length === 0
      ? []
      : [
          [
            `${variant === null ? "##" : "###"} Not available`,
            missing.map((port) => `- ${port.title}${edition(port)}: ${reasons(port)}`).join("\n"),
          ].join("\n\n"),
        ]),
  ];
}

/** A port that reads like one before it is not shown again: both flavours of a query without a time. */
function withoutRepeats(ports: readonly Ported[]): readonly Ported[] {
  return ports.filter((port, i) => !ports.slice(0, i).some((o) => o.target === port.target && o.text === port.text));
}

const fences: Readonly<Record<string, string>> = { spl: "spl", sigma: "yaml", kql: "kql" };

function edition({ profile, flavour, target }: Ported): string {
  const name = profile ?? flavour;
  return name === null || name === target ? "" : ` (${inline(name)})`;
}

function differences({ notes }: Ported): string | null {
  const lines = notes
    .filter((note) => note.level === "approximate")
    .map((note) => `- ${code(note.construct)}: ${inline(note.message)}${when(note.when)}`);
  return lines.length === 0 ? null : lines.join("\n");
}

function when(text: string | undefined): string {
  if (text === undefined) return "";
  return text.startsWith("always") ? `; ${inline(text)}` : `, when ${inline(text)}`;
}

function reasons({ notes }: Ported): string {
  const found = notes.filter((note) => note.level === "unsupported").map((note) => inline(note.message));
  return [...new Set(found)].join("; ") || "it cannot be said";
}

function verified({ rule, path }: ContentInput): string {
  const lines = [
    "## How it is verified",
    `\`ruleport verify ${path.replaceAll("`", "")}\` makes events that reach every branch of the query, runs it and all that`,
    "is emitted of it, and shows the smallest events on which they differ. Where a note above says what differs, that is",
    "what it finds; an exact one gives the same rows.",
  ];
  if (rule.reference !== null)
    lines.push(`The rule is held against its original, ${code(rule.reference)}, in the same way.`);
  return `${lines[0]}\n\n${lines.slice(1).join("\n")}`;
}

function list(title: string, items: readonly string[] | undefined): string | null {
  return items === undefined || items.length === 0
    ? null
    : `${title}:\n\n${items.map((item) => `- ${item}`).join("\n")}`;
}

function link(url: string): string {
  return /^https?:\/\/[^\s<>"'`]+$/i.test(url) ? `<${url}>` : inline(url);
}

/** Text on one line in which no character of Markdown or HTML means anything. */
function inline(text: string): string {
  return text
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, " ")
    .trim()
    .replace(/[\\`*_{}[\]<>#|~]/g, (sign) => (sign === "<" ? "&lt;" : sign === ">" ? "&gt;" : `\\${sign}`));
}

/** Paragraphs as they were written; what is code stays code. */
function prose(text: string): string {
  const paragraphs = text.trim().split(/\n\s*\n/);
  // What the pattern captures stands at odd places.
  const safe = (part: string): string =>
    part
      .split(/(`[^`\n]+`)/)
      .map((piece, i) => (i % 2 === 1 ? piece : inlineKeepingEnds(piece)))
      .join("");
  return paragraphs.map((paragraph) => safe(paragraph.replace(/\s*\n\s*/g, " "))).join("\n\n");
}

function inlineKeepingEnds(text: string): string {
  const before = /^\s/.test(text) ? " " : "";
  const after = /\s$/.test(text) && text.trim() !== "" ? " " : "";
  return `${before}${inline(text)}${after}`;
}

function cell(text: string): string {
  return inline(text);
}

/** Code in a line, with more backticks around it than stand in it. */
function code(text: string): string {
  const plain = text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, " ").trim();
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  const space = plain.startsWith("`") || plain.endsWith("`") ? " " : "";
  return `${ticks}${space}${plain}${space}${ticks}`;
}

/** A block that nothing in the text ends. */
function fence(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${text.replace(/\n*$/, "")}\n${ticks}`;
}

import type { Code, Diagnostic, Severity } from "./diagnostic.ts";
import { codes } from "./diagnostic.ts";
import type { Finding } from "./findings.ts";
import { locate } from "./locate.ts";
import type { Source } from "./source.ts";

const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note" };

/**
 * Findings as a SARIF 2.1.0 log with one run, as code scanning services take it. Every code that can occur is listed
 * as a rule, with the Markdown page that `pageOf` gives for it as help; columns count UTF-16 units.
 */
export function toSarif(
  findings: readonly Finding[],
  version: string,
  pageOf: (code: Code) => string | null = () => null,
): object {
  const ids = Object.keys(codes) as Code[];
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "ruleport",
            semanticVersion: version,
            rules: ids.map((id) => ({
              id,
              shortDescription: { text: codes[id].meaning },
              ...helpOf(id, pageOf(id)),
              defaultConfiguration: { level: levels[codes[id].severity] },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: findings.map(({ source, diagnostic }) => ({
          ruleId: diagnostic.code,
          ruleIndex: ids.indexOf(diagnostic.code),
          level: levels[diagnostic.severity],
          message: {
            text:
              diagnostic.hint === undefined ? diagnostic.message : `${diagnostic.message}\nhint: ${diagnostic.hint}`,
          },
          locations: [{ physicalLocation: physicalLocation(source, diagnostic) }],
        })),
      },
    ],
  };
}

function helpOf(code: Code, page: string | null): object {
  if (page === null) return {};
  return { help: { text: `${codes[code].meaning}: see docs/warnings/${code}.md of ruleport`, markdown: page } };
}

function physicalLocation(source: Source, diagnostic: Diagnostic): object {
  const at = locate(source, diagnostic);
  return {
    artifactLocation: { uri: uriOf(at.file) },
    region: {
      startLine: at.start.line,
      startColumn: at.start.column,
      endLine: at.end.line,
      endColumn: at.end.column,
      charOffset: at.span.start,
      charLength: at.span.end - at.span.start,
    },
  };
}

/** A file's path as a URI reference: relative paths stay relative. */
function uriOf(path: string): string {
  const parts = path.replaceAll("\\", "/").split("/");
  const encoded = parts
    .map((part, i) => (i === 0 && /^[A-Za-z]:$/.test(part) ? part : encodeURIComponent(part)))
    .join("/");
  if (encoded.startsWith("/")) return `file://${encoded}`;
  return /^[A-Za-z]:\//.test(encoded) ? `file:///${encoded}` : encoded;
}

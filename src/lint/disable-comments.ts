import { type Code, codes, type Diagnostic, Diagnostics } from "../diagnostics/diagnostic.ts";
import { placeOf, type Span } from "../diagnostics/source.ts";
import { nearest } from "../diagnostics/suggest.ts";
import type { Comment } from "../kql/ast.ts";

/** A code in a comment `// ruleport-disable-next-line CODE, CODE`: no finding of that code is wanted in `line`. */
interface Disabled {
  readonly code: Code;
  readonly span: Span;
  readonly line: number;
}

const directive = /^\s*ruleport-disable-next-line\b/;

/**
 * Takes out the findings that comments do not want, and says which comments name a code that does not exist or that
 * nothing was found for. Errors stay: a query that is wrong is not made right by a comment.
 */
export function withoutDisabled(
  text: string,
  comments: readonly Comment[],
  findings: readonly Diagnostic[],
): Diagnostic[] {
  const own = new Diagnostics(text);
  const disabled = comments
    .filter((c) => directive.test(c.text) && text.startsWith("//", c.span.start))
    .flatMap((comment) => read(text, comment, comments, own));
  if (disabled.length === 0) return [...findings, ...own.list];
  const used = new Set<Disabled>();
  const kept = findings.filter((finding) => {
    if (finding.severity === "error") return true;
    const by = disabled.filter((d) => d.code === finding.code && d.line === finding.line);
    for (const d of by) used.add(d);
    return by.length === 0;
  });
  for (const d of disabled) {
    if (used.has(d)) continue;
    own.add("KQL261", d.span, `\`${d.code}\` is not found in the next line`, "leave it out of the comment");
  }
  return [...kept, ...own.list];
}

function read(text: string, comment: Comment, comments: readonly Comment[], own: Diagnostics): Disabled[] {
  const head = directive.exec(comment.text)?.[0].length ?? 0;
  const begin = comment.span.start + 2;
  const line = nextCodeLine(text, comment, comments);
  const words = [...comment.text.slice(head).matchAll(/[^\s,]+/g)];
  // Behind the codes a reason may stand.
  const end = words.findIndex((word) => /^-/.test(word[0]));
  const named = end < 0 ? words : words.slice(0, end);
  if (named.length === 0) {
    own.add(
      "KQL261",
      comment.span,
      "the comment names no code",
      "write the codes behind it: `// ruleport-disable-next-line KQL206`",
    );
  }
  return named.flatMap((word) => {
    const start = begin + head + word.index;
    const span = { start, end: start + word[0].length };
    const code = codeOf(word[0]);
    if (code !== undefined) return [{ code, span, line }];
    const near = nearest(word[0], Object.keys(codes));
    own.add(
      "KQL261",
      span,
      `there is no code \`${word[0]}\``,
      near === undefined ? undefined : `did you mean \`${near}\`?`,
    );
    return [];
  });
}

function codeOf(word: string): Code | undefined {
  return (Object.keys(codes) as Code[]).find((code) => code === word.toUpperCase());
}

/** The first line behind a comment that is not a comment itself: directives may stand one below the other. */
function nextCodeLine(text: string, comment: Comment, comments: readonly Comment[]): number {
  let line = placeOf(text, comment.span.start).line + 1;
  const commented = new Set(comments.filter((c) => c.ownLine !== false).map((c) => placeOf(text, c.span.start).line));
  while (commented.has(line)) line++;
  return line;
}

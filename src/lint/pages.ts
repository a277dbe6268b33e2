import { readFileSync } from "node:fs";
import type { Code } from "../diagnostics/diagnostic.ts";

/** The page of `docs/warnings/` about a code, as Markdown; null where it has none. Read when it is asked for. */
export function warningPage(code: Code): string | null {
  try {
    return readFileSync(new URL(`../../docs/warnings/${code}.md`, import.meta.url), "utf8");
  } catch {
    return null;
  }
}

import type { Span } from "../diagnostics/source.ts";
import type { Macro } from "../spl/tree.ts";
import type { Notes } from "./notes.ts";

/** Macros that only make an accelerated search faster or smaller; their options say nothing that KQL could. */
const options = new Set(["security_content_summariesonly", "summariesonly", "summariesonly_config"]);

/**
 * Whether a macro without a definition may be left out: the filter at the end of each of Splunk's detections, which passes
 * everything until somebody fills it in. Any other one is an unsupported note.
 */
export function passThrough(macro: Macro, notes: Notes, span: Span): boolean {
  if (/_filter$/.test(macro.name) && macro.args.length === 0) {
    notes.info("filter-macro", span, `\`${macro.name}\` is where a site puts its exceptions; they are not ported`);
    return true;
  }
  notes.unsupported("macro", span, `the macro \`${macro.name}\` has no definition here`);
  return false;
}

export function isTstatsOption(macro: Macro): boolean {
  return options.has(macro.name);
}

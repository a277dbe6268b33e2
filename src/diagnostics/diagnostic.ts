import { placeOf, type Span } from "./source.ts";

export type Severity = "error" | "warning" | "info";

/** A finding about a source text. Offsets in UTF-16 units, line and column from 1. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  /** What might work instead, as a short imperative; shown after the message. */
  readonly hint?: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** Every message of the project: its code, severity and a one-line meaning. Messages themselves carry the names. */
export const codes = {
  // reading KQL
  KQL001: { severity: "error", meaning: "unexpected text" },
  KQL002: { severity: "error", meaning: "a character that starts no token" },
  KQL003: { severity: "error", meaning: "a literal that is not closed or not valid" },
  KQL004: { severity: "error", meaning: "nested too deep" },
  KQL005: { severity: "error", meaning: "nothing to run" },
  KQL006: { severity: "error", meaning: "a part of the language that is not read yet" },
  // names and types
  KQL101: { severity: "error", meaning: "unknown column" },
  KQL102: { severity: "error", meaning: "unknown function" },
  KQL103: { severity: "error", meaning: "wrong number of arguments" },
  KQL104: { severity: "error", meaning: "wrong type" },
  KQL105: { severity: "error", meaning: "a name given twice" },
  KQL106: { severity: "error", meaning: "a table where a value is needed, or the reverse" },
  KQL107: { severity: "error", meaning: "a constant is needed" },
  KQL108: { severity: "error", meaning: "not supported" },
  KQL109: { severity: "error", meaning: "a regular expression that is not valid" },
  KQL110: { severity: "warning", meaning: "unknown table" },
  KQL111: { severity: "error", meaning: "an aggregate outside summarize, or none inside" },
  KQL113: { severity: "error", meaning: "no events for a table" },
  KQL114: { severity: "error", meaning: "a second query in one text" },
  // reading SPL
  SPL001: { severity: "error", meaning: "unexpected text" },
  SPL002: { severity: "error", meaning: "a character that starts no token" },
  SPL003: { severity: "error", meaning: "a text, name, comment or macro that is not closed" },
  SPL004: { severity: "error", meaning: "nested too deep" },
  SPL005: { severity: "error", meaning: "nothing to run" },
  SPL006: { severity: "error", meaning: "a part of the language that is not read yet" },
  SPL007: { severity: "warning", meaning: "unknown command" },
  SPL008: { severity: "warning", meaning: "unknown macro" },
  SPL009: { severity: "error", meaning: "a macro that cannot be expanded" },
  SPL010: { severity: "warning", meaning: "a word that reads like an operator or a command" },
  // running SPL
  SPL201: { severity: "error", meaning: "a command that cannot be run" },
  SPL202: { severity: "error", meaning: "a function that cannot be run" },
  SPL203: { severity: "error", meaning: "an argument or option that has no meaning here" },
  SPL204: { severity: "error", meaning: "a regular expression that is not valid" },
  SPL205: { severity: "error", meaning: "a data model, lookup or macro that is not given" },
  SPL207: { severity: "error", meaning: "a regular expression that takes too long" },
  SPL211: { severity: "warning", meaning: "a default limit that cut rows or values" },
  SPL212: { severity: "warning", meaning: "a result that Splunk's documentation leaves open" },
  SPL213: { severity: "warning", meaning: "a field that selects events and that none of them has" },
  // files and options
  FILE001: { severity: "error", meaning: "a file that cannot be read" },
  FILE002: { severity: "error", meaning: "a rule file with a wrong form" },
  FILE003: { severity: "error", meaning: "a line of events that is not JSON" },
  FILE004: { severity: "error", meaning: "a profile with a wrong form" },
  USE001: { severity: "error", meaning: "wrong use of an option" },
} as const satisfies Record<string, { severity: Severity; meaning: string }>;

export type Code = keyof typeof codes;

/** Collects findings about one text. */
export class Diagnostics {
  readonly list: Diagnostic[] = [];
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }

  add(code: Code, span: Span, message: string, hint?: string): void {
    const finding = {
      code,
      severity: codes[code].severity,
      message: message.replaceAll(/`([^`]{80})[^`]{20,}`/g, "`$1…`"),
      start: span.start,
      end: span.end,
      ...placeOf(this.text, span.start),
    };
    this.list.push(hint === undefined ? finding : { ...finding, hint });
  }

  get failed(): boolean {
    return this.list.some((d) => d.severity === "error");
  }
}

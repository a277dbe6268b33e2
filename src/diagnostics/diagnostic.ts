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
  KQL007: { severity: "warning", meaning: "a name in front of a condition" },
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
  KQL112: { severity: "error", meaning: "a name used before its definition" },
  KQL113: { severity: "error", meaning: "no events for a table" },
  KQL114: { severity: "warning", meaning: "a second query in one text" },
  KQL115: { severity: "error", meaning: "a constant that a function refuses" },
  KQL116: { severity: "warning", meaning: "a function that is not known here" },
  KQL117: { severity: "error", meaning: "rows in no order where the order counts" },
  // rules that cannot do what they say
  KQL201: { severity: "warning", meaning: "a text that the column never holds" },
  KQL202: { severity: "warning", meaning: "a term that ends inside a longer word" },
  KQL203: { severity: "warning", meaning: "a condition that is always true or always false" },
  KQL204: { severity: "warning", meaning: "a branch that an earlier one shadows" },
  KQL205: { severity: "info", meaning: "a condition that changes nothing" },
  KQL206: { severity: "warning", meaning: "a comparison that minds case on a column whose case varies" },
  KQL207: { severity: "warning", meaning: "a regular expression that minds case on a column whose case varies" },
  KQL211: { severity: "warning", meaning: "a join left to its default kind" },
  KQL212: { severity: "warning", meaning: "a result that depends on chance" },
  KQL213: { severity: "warning", meaning: "an id that does not tell events apart" },
  KQL214: { severity: "info", meaning: "a sort without effect" },
  KQL221: { severity: "info", meaning: "no bound in time" },
  KQL222: { severity: "warning", meaning: "a look back beyond the rule's period" },
  KQL231: { severity: "warning", meaning: "a column that the rule file needs is not in the result" },
  KQL241: { severity: "info", meaning: "`contains` where `has` finds the same" },
  KQL242: { severity: "info", meaning: "a change of case that is not needed" },
  KQL243: { severity: "info", meaning: "a regular expression that is plain text" },
  KQL251: { severity: "warning", meaning: "a name that is never used" },
  KQL261: { severity: "warning", meaning: "a disabling comment that disables nothing" },
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
  // how rules are deployed
  RULE201: { severity: "warning", meaning: "a schedule or threshold that Sentinel does not take" },
  RULE202: { severity: "warning", meaning: "an entity or detail that Sentinel does not map" },
  RULE203: { severity: "warning", meaning: "a query or text that Sentinel's rules do not take" },
  // a project as a whole
  CI001: { severity: "error", meaning: "an output that is not what the rules give" },
  CI002: { severity: "error", meaning: "an output that is less exact than before" },
  CI003: { severity: "error", meaning: "a rule that means something else than before" },
  CI004: { severity: "error", meaning: "an output that finds something else than its rule" },
  // files and options
  FILE001: { severity: "error", meaning: "a file that cannot be read" },
  FILE002: { severity: "error", meaning: "a rule file with a wrong form" },
  FILE003: { severity: "error", meaning: "a line of events that is not JSON" },
  FILE004: { severity: "error", meaning: "a profile with a wrong form" },
  FILE005: { severity: "error", meaning: "a project file with a wrong form" },
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

import type { Fidelity, Note } from "../diagnostics/fidelity.ts";
import type { Flavour, Rule } from "../rules/rule.ts";
import type { Column } from "../types/scalar-type.ts";

/** A query of the rule in one of the target languages, as content carries it. */
export interface Ported {
  readonly target: string;
  readonly title: string;
  readonly profile: string | null;
  readonly flavour: Flavour | null;
  /** Path below the rule's folder; null where it is in no file of its own. */
  readonly file: string | null;
  readonly text: string;
  readonly fidelity: Fidelity;
  readonly notes: readonly Note[];
}

/** Everything that a format is made of. */
export interface ContentInput {
  readonly rule: Rule;
  /** Of the rule, relative to the folder of rules: what an id is derived from where the rule has none. */
  readonly path: string;
  /** Tables that the rule's query reads, in the order of their first use. */
  readonly tables: readonly string[];
  /** Columns of the query's result; null where they cannot be known. */
  readonly columns: readonly Column[] | null;
  /** The rule's query for Sentinel or Defender: as it is written where that fits, else emitted. */
  readonly kql: (flavour: Flavour) => Ported;
  /** The search that a Splunk deployment carries, with the macros of Splunk's security content; null where there is none. */
  readonly spl: SplunkSearch | null;
  /** The rule's queries as they are in the output folder, for reading; variants by their names. */
  readonly ports: readonly { readonly variant: string | null; readonly port: Ported }[];
}

export interface SplunkSearch extends Ported {
  /** Name under which it is deployed: letters, digits and blanks. */
  readonly name: string;
  /** The field of the result that holds a column of the query; null where none does. */
  readonly fieldOf: (column: string) => string | null;
}

/** Something to know about a file that is deployed. `fix`: what to do about it. */
export interface ContentNote {
  readonly level: Note["level"];
  readonly cause: string;
  readonly message: string;
  readonly fix?: string;
}

/** `text` is null where a note says `unsupported`. */
export interface ContentEmission {
  readonly text: string | null;
  readonly notes: readonly ContentNote[];
}

/** A format that a platform deploys. */
export interface ContentFormat {
  readonly id: string;
  readonly title: string;
  /** The ported query that it carries. */
  readonly needs: { readonly target: "kql"; readonly flavour: Flavour } | { readonly target: "spl" } | null;
  /** Whether it makes sense of a rule at all: a rule without a schedule is no analytics rule. */
  readonly applies: (input: ContentInput) => boolean;
  /** Path below the rule's folder. */
  readonly file: (input: ContentInput) => string;
  readonly emit: (input: ContentInput) => ContentEmission;
}

export function info(cause: string, message: string, fix?: string): ContentNote {
  return { level: "info", cause, message, ...(fix === undefined ? {} : { fix }) };
}

export function refused(cause: string, message: string, fix?: string): ContentEmission {
  return { text: null, notes: [{ level: "unsupported", cause, message, ...(fix === undefined ? {} : { fix }) }] };
}

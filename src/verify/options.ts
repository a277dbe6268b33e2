import type { Profile } from "../fields/profile.ts";
import type { TableDeclarations } from "../schemas/declared.ts";
import type { Macros } from "../spl/macros.ts";
import type { Fields } from "./made-event.ts";

export interface VerifyOptions {
  /** A profile by its name, or one of the caller's own: the fields of the SPL or Sigma rule. */
  readonly profile?: string | Profile;
  /** Events by KQL table, in its columns or in the target's fields. */
  readonly events?: Readonly<Record<string, readonly object[]>>;
  /** How many events to make; 20,000 by default. */
  readonly generate?: number;
  /** The same seed makes the same events; 1 by default. */
  readonly seed?: number;
  /** ISO time; by default a fixed one, so that runs can be repeated. */
  readonly now?: string;
  /** Definitions of SPL macros by name. */
  readonly macros?: Macros;
  readonly schemas?: TableDeclarations;
  /** Zone of the Splunk user; UTC by default. */
  readonly timeZone?: string;
  /** What is known of the events beyond the profile: brings an event's fields into a form that occurs. */
  readonly assume?: (fields: Fields) => Fields;
  /** `shared`: only columns that both results have count, and fields by which one rule alone groups have one value. */
  readonly columns?: "all" | "shared";
}

import type { SearchExpr } from "../spl/tree.ts";
import type { Column } from "../types/scalar-type.ts";

/**
 * A field-mapping profile read backwards: which KQL table the events of a Splunk search are, and which of its columns hold
 * a Splunk field.
 */
export interface EventTables {
  /** The table of a data model's dataset, `Endpoint.Processes`. */
  dataModel(name: string): EventTable | null;
  /** The table that the terms of a base search select, and the terms that are left; null where no table is meant. */
  selected(terms: readonly SearchExpr[]): { readonly table: EventTable; readonly rest: readonly SearchExpr[] } | null;
  /** The data models that there are, for messages. */
  readonly dataModels: readonly string[];
}

export interface EventTable {
  readonly name: string;
  readonly columns: readonly Column[];
  /** What Splunk writes for an absent value, so that the field is never null there; KQL has "". */
  readonly missing: string | null;
  /** Whether a field has a value in every event. */
  filled(field: string): boolean;
  /** The column of the event's time. */
  readonly time: Column;
  /** Where a field's value is; null where the table does not have it. */
  field(name: string): EventField | null;
}

export type EventField =
  /** `lower`: the column has it in lower case. `last`: the column with the last part of this path. */
  | { readonly kind: "column"; readonly column: Column; readonly lower: boolean; readonly last: Column | null }
  /** `DOMAIN\user`, each part in a column of its own. */
  | {
      readonly kind: "joined";
      readonly before: Column;
      readonly separator: string;
      readonly after: Column;
      readonly lower: boolean;
    }
  /** The path of a key of the registry and, behind it, the name of a value in it. */
  | { readonly kind: "registry-path"; readonly key: Column; readonly value: Column }
  /** What a value of the registry holds: numbers are hexadecimal in Splunk (`0x00000001`), decimal in KQL. */
  | { readonly kind: "registry-data"; readonly column: Column }
  /** A list of hashes, `SHA1=…,MD5=…`: algorithm → column. */
  | { readonly kind: "hashes"; readonly columns: ReadonlyMap<string, Column> }
  | { readonly kind: "constant"; readonly value: string };

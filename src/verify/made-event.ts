/**
 * An event in the fields of the target that is verified, so that both sides read one and the same thing. A field that is not
 * there is absent. The field of the event's time holds epoch seconds.
 */
export interface MadeEvent {
  /** Tells events apart; both sides see it as `_id`. */
  readonly id: string;
  /** The table of KQL that the event belongs to; null for an event of another kind, which no rule may see. */
  readonly table: string | null;
  readonly fields: Fields;
}
export type Fields = Readonly<Record<string, unknown>>;

/** Events of one table; `fixed`: the fields that all of them have. */
export interface EventKind {
  readonly table: string | null;
  /** The fields that they may have; null for any. */
  readonly fields: ReadonlySet<string> | null;
  readonly fixed: Fields;
  readonly share: number;
}

/** The field by which both sides name an event. */
export const identity = "_id";

export function withFields(event: MadeEvent, fields: Fields): MadeEvent {
  return { ...event, fields };
}

/** The same fields without one of them. */
export function without(fields: Fields, name: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
}

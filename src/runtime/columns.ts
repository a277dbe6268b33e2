import { Decimal } from "../types/decimal.ts";
import { Datetime, datetimeFromUnix, Timespan } from "../types/time.ts";
import { type Dynamic, type Long, Real, type Value } from "../types/value.ts";
import { tobool, todatetime, todecimal, toguid, toint, tolong, toreal, totimespan } from "./convert.ts";
import { dynamicOf, parseJson, printJson } from "./json.ts";

/** The type of a value by the name of its KQL type. */
export interface TypeOf {
  readonly bool: boolean | null;
  readonly int: number | null;
  readonly long: Long | null;
  readonly real: number | null;
  readonly decimal: Decimal | null;
  readonly string: string;
  readonly datetime: Datetime | null;
  readonly timespan: Timespan | null;
  readonly guid: string | null;
  readonly dynamic: Dynamic;
  readonly unknown: Value;
}
export type ColumnType = keyof TypeOf;

/** Columns by name. */
export type Schema = Readonly<Record<string, ColumnType>>;
/** A row with the columns of a schema. */
export type RowOf<S extends Schema> = { readonly [K in keyof S]: TypeOf[S[K]] };

/**
 * A cell of an event (plain JSON, or values that a program made) as a value of a column's type; null, or "" for a string, where it is
 * absent or does not convert. Numbers as datetimes are Unix times in the unit that makes them lie between 1973 and 5138.
 */
export const readCell: { readonly [T in ColumnType]: (cell: unknown) => TypeOf[T] } = {
  bool: (cell) => tobool(simple(cell)),
  int: (cell) => toint(simple(cell)),
  long: (cell) => tolong(simple(cell)),
  real: (cell) => toreal(simple(cell)),
  decimal: (cell) => todecimal(simple(cell)),
  string: readText,
  datetime: readDatetime,
  timespan: (cell) => totimespan(simple(cell)),
  guid: (cell) => toguid(simple(cell)),
  dynamic: readDynamic,
  unknown: (cell) => dynamicOf(cell),
};

/** What a missing cell of the type is. */
export function missing(type: ColumnType): "" | null {
  return type === "string" ? "" : null;
}

function simple(cell: unknown): Value {
  switch (typeof cell) {
    case "string":
    case "number":
    case "boolean":
    case "bigint":
      return cell;
    default:
      return cell instanceof Timespan || cell instanceof Datetime || cell instanceof Real || cell instanceof Decimal
        ? cell
        : null;
  }
}

function readText(cell: unknown): string {
  if (typeof cell === "string") return cell;
  if (cell === null || cell === undefined) return "";
  return typeof cell === "object" ? printJson(dynamicOf(cell)) : String(cell);
}

function readDatetime(cell: unknown): Datetime | null {
  if (cell instanceof Date) return datetimeFromUnix(cell.getTime());
  if (typeof cell === "number" || typeof cell === "bigint") {
    const number = Number(cell);
    const size = Math.abs(number);
    return datetimeFromUnix(
      size < 1e11 ? number * 1e3 : size < 1e14 ? number : size < 1e17 ? number / 1e3 : number / 1e6,
    );
  }
  return todatetime(simple(cell));
}

function readDynamic(cell: unknown): Dynamic {
  return typeof cell === "string" && /^\s*[[{]/.test(cell) ? parseJson(cell) : dynamicOf(cell);
}

/** An element of an array as a value of this type; null where it is of another kind. */
export function castElement(element: Dynamic, type: ColumnType): Value {
  switch (type) {
    case "string":
      return readText(element);
    case "int":
      return typeof element === "string" ? null : toint(element);
    case "long":
      return typeof element === "string" ? null : tolong(element);
    case "real":
      return typeof element === "string" ? null : toreal(element);
    case "bool":
      return typeof element === "string" ? null : tobool(element);
    default:
      return readCell[type](element);
  }
}

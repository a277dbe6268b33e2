/** The scalar types of KQL, and `unknown` for a value whose type nothing declares (a column of an undeclared table). */
export type ScalarType =
  | "bool"
  | "int"
  | "long"
  | "real"
  | "decimal"
  | "string"
  | "datetime"
  | "timespan"
  | "guid"
  | "dynamic"
  | "unknown";

/** A column of a table or of an operator's result. */
export interface Column {
  readonly name: string;
  readonly type: ScalarType;
}

const aliases: Readonly<Record<string, ScalarType>> = {
  bool: "bool",
  boolean: "bool",
  int: "int",
  int32: "int",
  uint32: "int",
  long: "long",
  int64: "long",
  uint64: "long",
  real: "real",
  double: "real",
  float: "real",
  decimal: "decimal",
  string: "string",
  datetime: "datetime",
  date: "datetime",
  timespan: "timespan",
  time: "timespan",
  guid: "guid",
  uuid: "guid",
  uniqueid: "guid",
  dynamic: "dynamic",
};

/** The type that a type name of KQL stands for (`double` is `real`, `date` is `datetime`), or undefined. */
export function scalarTypeOf(name: string): ScalarType | undefined {
  return Object.hasOwn(aliases, name) ? aliases[name] : undefined;
}

/** All types but `string` have a null: an absent string is "". (null-values) */
export function hasNull(type: ScalarType): boolean {
  return type !== "string";
}

export function isNumeric(type: ScalarType): boolean {
  return type === "int" || type === "long" || type === "real" || type === "decimal";
}

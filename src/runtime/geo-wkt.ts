import type { Bag, Dynamic, Maybe, Value } from "../types/value.ts";
import { textOf } from "./text.ts";

/** What stands in the parentheses of a kind: one position, or lists of that depth. */
const wktKinds: Readonly<Record<string, { readonly type: string; readonly depth: number }>> = {
  POINT: { type: "Point", depth: 0 },
  LINESTRING: { type: "LineString", depth: 1 },
  MULTIPOINT: { type: "MultiPoint", depth: 1 },
  POLYGON: { type: "Polygon", depth: 2 },
  MULTILINESTRING: { type: "MultiLineString", depth: 2 },
  MULTIPOLYGON: { type: "MultiPolygon", depth: 3 },
};

interface WktReader {
  /** The next token without reading it. */
  readonly peek: () => string | undefined;
  /** Reads the next token where it is this one. */
  readonly take: (token: string) => boolean;
  readonly next: () => string | undefined;
}

function wktReader(text: string): WktReader {
  const tokens = text.match(/[a-z]+|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|\S/gi) ?? [];
  let at = 0;
  const take = (token: string): boolean => {
    if (tokens[at]?.toUpperCase() !== token) return false;
    at++;
    return true;
  };
  return { peek: () => tokens[at], take, next: () => tokens[at++] };
}

/** A shape in well-known text as GeoJSON: `LINESTRING (1 2, 3 4)`; null where it is none. (geo-from-wkt-function) */
export function geoFromWkt(text: Value): Maybe<Bag> {
  const reader = wktReader(textOf(text));
  const shape = wktShape(reader, 0);
  return reader.peek() === undefined ? shape : null;
}

const deepestCollection = 32;

function wktShape(reader: WktReader, depth: number): Maybe<Bag> {
  const word = reader.next()?.toUpperCase() ?? "";
  if (word === "GEOMETRYCOLLECTION") {
    if (depth > deepestCollection) return null;
    const geometries = wktList(reader, () => wktShape(reader, depth + 1));
    return geometries && { type: "GeometryCollection", geometries };
  }
  const kind = Object.hasOwn(wktKinds, word) ? wktKinds[word] : undefined;
  if (kind === undefined) return null;
  if (kind.depth > 0) {
    const coordinates = wktCoordinates(reader, kind.depth);
    return coordinates && { type: kind.type, coordinates };
  }
  const [position, ...more] = wktList(reader, () => wktPosition(reader)) ?? [];
  return position === undefined || more.length > 0 ? null : { type: kind.type, coordinates: position };
}

function wktList<T>(reader: WktReader, item: () => T | null): readonly T[] | null {
  if (!reader.take("(")) return null;
  const found: T[] = [];
  do {
    const read = item();
    if (read === null) return null;
    found.push(read);
  } while (reader.take(","));
  return reader.take(")") ? found : null;
}

function wktCoordinates(reader: WktReader, depth: number): readonly Dynamic[] | null {
  return wktList<Dynamic>(reader, () => {
    if (depth > 1) return wktCoordinates(reader, depth - 1);
    if (reader.peek() !== "(") return wktPosition(reader);
    const inner = wktList(reader, () => wktPosition(reader));
    return inner?.length === 1 ? (inner[0] ?? null) : null;
  });
}

function wktPosition(reader: WktReader): readonly number[] | null {
  const numbers: number[] = [];
  while (/^[-+.\d]/.test(reader.peek() ?? "")) numbers.push(Number(reader.next()));
  return numbers.length >= 2 && numbers.every(Number.isFinite) ? numbers : null;
}

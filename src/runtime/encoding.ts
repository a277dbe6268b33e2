import { type DynamicArray, isArray, type Value } from "../types/value.ts";
import { base64Bytes, base64Text, utf8Text } from "./bytes.ts";
import { toguid } from "./convert.ts";
import { inflated } from "./inflate.ts";
import { textOf } from "./text.ts";

// Encodings of texts. What does not decode is "", or null where the result is no text. (scalar-functions: string functions)

export function base64EncodeTostring(text: Value): string {
  return base64Text(new TextEncoder().encode(textOf(text)));
}

/** "" where the bytes are no UTF-8 text. (base64-decode-tostring-function) */
export function base64DecodeTostring(text: Value): string {
  const bytes = base64Bytes(textOf(text));
  return (bytes && utf8Text(bytes)) ?? "";
}

/** The bytes as an array of numbers. (base64-decode-toarray-function) */
export function base64DecodeToarray(text: Value): DynamicArray | null {
  const bytes = base64Bytes(textOf(text));
  return bytes && [...bytes];
}

/** "" where an element is no byte. (base64-encode-fromarray-function) */
export function base64EncodeFromarray(bytes: Value): string {
  if (!isArray(bytes) || !bytes.every(isByte)) return "";
  return base64Text(Uint8Array.from(bytes, Number));
}
const isByte = (value: Value): boolean => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255;

// The first three parts of a guid lie in memory with their least byte first.
const guidOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

/** Null for other than 16 bytes. (base64-decode-toguid-function) */
export function base64DecodeToguid(text: Value): string | null {
  const bytes = base64Bytes(textOf(text));
  if (bytes?.length !== 16) return null;
  return toguid(guidOrder.map((place) => (bytes[place] ?? 0).toString(16).padStart(2, "0")).join(""));
}

export function base64EncodeFromguid(guid: Value): string {
  const digits = toguid(guid)?.replaceAll("-", "") ?? "";
  if (digits === "") return "";
  return base64Text(Uint8Array.from(guidOrder, (place) => Number.parseInt(digits.slice(2 * place, 2 * place + 2), 16)));
}

/** (gzip-base64-decompress) */
export function gzipDecompressFromBase64String(text: Value): string {
  const bytes = base64Bytes(textOf(text));
  return decompressed(bytes, bytes === null ? null : gzipBody(bytes));
}

/** (zlib-base64-decompress-function) */
export function zlibDecompressFromBase64String(text: Value): string {
  const bytes = base64Bytes(textOf(text));
  const header = ((bytes?.[0] ?? 0) << 8) | (bytes?.[1] ?? 1);
  const known = header % 31 === 0 && ((header >> 8) & 15) === 8 && (header & 32) === 0;
  return decompressed(bytes, known ? 2 : null);
}

function decompressed(bytes: Uint8Array | null, start: number | null): string {
  const plain = bytes === null || start === null ? null : inflated(bytes, start);
  return (plain && utf8Text(plain)) ?? "";
}

/** Where the deflated data of a gzip file begin; null where it is none. (RFC 1952) */
function gzipBody(bytes: Uint8Array): number | null {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) return null;
  const flags = bytes[3] ?? 0;
  let at = 10;
  if (flags & 4) at += 2 + (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256;
  for (const named of [8, 16]) if (flags & named) at = bytes.indexOf(0, at) + 1 || bytes.length;
  return flags & 2 ? at + 2 : at;
}

export function urlDecode(text: Value): string {
  const source = textOf(text).replaceAll("+", " ");
  return source.replace(/(?:%[\da-f]{2})+/gi, (run) => {
    const bytes = Uint8Array.from(run.match(/[\da-f]{2}/gi) ?? [], (hex) => Number.parseInt(hex, 16));
    return new TextDecoder().decode(bytes);
  });
}

/** A blank becomes `+`. (url-encode-function) */
export function urlEncode(text: Value): string {
  return encoded(text).replaceAll("%20", "+");
}
/** A blank becomes `%20`. (url-encode-component-function) */
export function urlEncodeComponent(text: Value): string {
  return encoded(text);
}

function encoded(text: Value): string {
  const bytes = new TextEncoder().encode(textOf(text));
  return Array.from(bytes, (byte) => {
    const letter = String.fromCharCode(byte);
    return /[\w.!*()-]/.test(letter) ? letter : `%${byte.toString(16).padStart(2, "0")}`;
  }).join("");
}

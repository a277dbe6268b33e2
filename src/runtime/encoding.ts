import type { Value } from "../types/value.ts";
import { textOf } from "./text.ts";

// Encodings of texts. What does not decode is "". (scalar-functions: string functions)

export function base64EncodeTostring(text: Value): string {
  return btoa(Array.from(new TextEncoder().encode(textOf(text)), (byte) => String.fromCharCode(byte)).join(""));
}

/** "" where the bytes are no UTF-8 text. (base64-decode-tostring-function) */
export function base64DecodeTostring(text: Value): string {
  try {
    const bytes = Uint8Array.from(atob(textOf(text)), (letter) => letter.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return "";
  }
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

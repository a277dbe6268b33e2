import { createHash } from "node:crypto";

/** The namespace of ids that are derived here; any fixed UUID would do, as long as it stays the same. */
const namespace = "6f2a3c1e-8d4b-5e7f-9a0b-1c2d3e4f5a6b";

/** A name-based UUID (version 5, RFC 9562): the same name gives the same id for ever. */
export function uuidOf(name: string): string {
  const digest = createHash("sha1")
    .update(Buffer.from(namespace.replaceAll("-", ""), "hex"))
    .update(name, "utf8")
    .digest();
  const bytes = [...digest.subarray(0, 16)];
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The rule's own id where it is a UUID, else one derived from the id or the path of its file. */
export function ruleUuid(id: string | undefined, path: string): string {
  return id !== undefined && uuid.test(id) ? id.toLowerCase() : uuidOf(id ?? path);
}

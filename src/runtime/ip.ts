import { type DynamicArray, isArray, type Value } from "../types/value.ts";
import { toLongOr } from "./convert.ts";
import { textOf } from "./text.ts";

// IPv4 addresses as texts, with an optional `/prefix`. What is no address gives null. (scalar-functions: IPv4 functions)

interface Address {
  readonly bits: number;
  readonly prefix: number;
}

const ipv4Octet = String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)`;
const addressText = new RegExp(
  `^(${ipv4Octet})\\.(${ipv4Octet})\\.(${ipv4Octet})\\.(${ipv4Octet})(?:/(\\d|[12]\\d|3[0-2]))?$`,
);

function addressOf(value: Value): Address | null {
  const found = addressText.exec(textOf(value).trim());
  if (found === null) return null;
  const [, a, b, c, d, prefix] = found;
  const bits = [a, b, c, d].reduce((sum, part) => sum * 256 + Number(part), 0);
  return { bits, prefix: prefix === undefined ? 32 : Number(prefix) };
}

const ipv4Masked = (bits: number, prefix: number): number => Math.floor(bits / 2 ** (32 - prefix)) * 2 ** (32 - prefix);

/** The address, masked by its prefix, as a number. (parse-ipv4-function) */
export function parseIpv4(text: Value): number | null {
  const address = addressOf(text);
  return address && ipv4Masked(address.bits, address.prefix);
}
/** The same with a further prefix. (parse-ipv4-mask-function) */
export function parseIpv4Mask(text: Value, prefix: Value): number | null {
  const address = addressOf(text);
  const size = toLongOr(prefix, -1);
  return address === null || size < 0 || size > 32 ? null : ipv4Masked(address.bits, Math.min(address.prefix, size));
}
export function ipv4NetmaskSuffix(text: Value): number | null {
  return addressOf(text)?.prefix ?? null;
}

/** -1, 0 or 1 for the addresses under the shortest of the prefixes. (ipv4-compare-function) */
export function ipv4Compare(left: Value, right: Value, prefix?: Value): number | null {
  const [a, b] = [addressOf(left), addressOf(right)];
  const size = prefix === null ? -1 : toLongOr(prefix ?? null, 32);
  if (a === null || b === null || size < 0 || size > 32) return null;
  const shortest = Math.min(a.prefix, b.prefix, size);
  return Math.sign(ipv4Masked(a.bits, shortest) - ipv4Masked(b.bits, shortest));
}
export function ipv4IsMatch(left: Value, right: Value, prefix?: Value): boolean | null {
  const order = ipv4Compare(left, right, prefix);
  return order === null ? null : order === 0;
}
/** Whether an address lies in a range such as `10.0.0.0/8`. (ipv4-is-in-range-function) */
export function ipv4IsInRange(address: Value, network: Value): boolean | null {
  return ipv4IsMatch(address, network);
}
export function ipv4IsInAnyRange(address: Value, ...networks: readonly Value[]): boolean | null {
  const found = networks.flatMap((item) => (isArray(item) ? item : [item])).map((item) => ipv4IsMatch(address, item));
  if (found.includes(true)) return true;
  return addressOf(address) === null ? null : false;
}

const privateNetworks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** In 10/8, 172.16/12 or 192.168/16. (ipv4-is-private-function) */
export function ipv4IsPrivate(address: Value): boolean | null {
  return addressOf(address) === null ? null : privateNetworks.some((network) => ipv4IsMatch(address, network) === true);
}

const addressesInText = new RegExp(`(?<![\\w.])${ipv4Octet}(?:\\.${ipv4Octet}){3}(?![\\w]|\\.\\d)`, "g");

/** Whether an address stands in a text with no letter or digit next to it. (has-ipv4-function) */
export function hasIpv4(text: Value, address: Value): boolean {
  return hasAnyIpv4(text, address);
}
export function hasAnyIpv4(text: Value, ...addresses: readonly Value[]): boolean {
  const wanted = addresses.flatMap((item) => (isArray(item) ? item : [item])).map(textOf);
  return addressesOf(text).some((address) => wanted.includes(address));
}
/** Prefixes end in a dot: `192.168.`, or are whole addresses. (has-ipv4-prefix-function) */
export function hasIpv4Prefix(text: Value, prefix: Value): boolean {
  return hasAnyIpv4Prefix(text, prefix);
}
export function hasAnyIpv4Prefix(text: Value, ...prefixes: readonly Value[]): boolean {
  const wanted = prefixes.flatMap((item) => (isArray(item) ? item : [item])).map(textOf);
  return addressesOf(text).some((address) =>
    wanted.some((prefix) => (prefix.endsWith(".") ? address.startsWith(prefix) : address === prefix)),
  );
}

const addressesOf = (text: Value): readonly string[] => textOf(text).match(addressesInText) ?? [];

/** The address under a prefix, or "" where one of them is none. (format-ipv4-function) */
export function formatIpv4(address: Value, prefix?: Value): string {
  const parsed = typeof address === "number" ? { bits: address, prefix: 32 } : addressOf(address);
  const size = toLongOr(prefix ?? null, 32);
  if (parsed === null || size < 0 || size > 32) return "";
  const bits = ipv4Masked(parsed.bits, Math.min(parsed.prefix, size));
  return [24, 16, 8, 0].map((shift) => Math.floor(bits / 2 ** shift) % 256).join(".");
}
export function formatIpv4Mask(address: Value, prefix?: Value): string {
  const text = formatIpv4(address, prefix);
  const own = typeof address === "number" ? 32 : (addressOf(address)?.prefix ?? 32);
  return text === "" ? "" : `${text}/${Math.min(own, toLongOr(prefix ?? null, 32))}`;
}

/** The ranges that cover the addresses from one to the other, both included; null where they are none in order. (ipv4-range-to-cidr-list-function) */
export function ipv4RangeToCidrList(first: Value, last: Value): DynamicArray | null {
  const [from, to] = [parseIpv4(first), parseIpv4(last)];
  if (from === null || to === null || from > to) return null;
  const ranges: string[] = [];
  for (let at = from; at <= to; ) {
    let prefix = 32;
    while (prefix > 0 && ipv4Masked(at, prefix - 1) === at && at + 2 ** (33 - prefix) - 1 <= to) prefix--;
    ranges.push(`${formatIpv4(at)}/${prefix}`);
    at += 2 ** (32 - prefix);
  }
  return ranges;
}

import { isArray, type Maybe, type Value } from "../types/value.ts";
import { toLongOr } from "./convert.ts";
import { ipv4NetmaskSuffix, parseIpv4 } from "./ip.ts";
import { textOf } from "./text.ts";

// IPv6 addresses as texts, with an optional `/prefix`; an IPv4 address counts as `::ffff:a.b.c.d`. What is no address gives null.
// (scalar-functions: IPv6 functions)

interface Ipv6Address {
  readonly bits: bigint;
  readonly prefix: number;
}

const ipv6Size = 128;
const mappedIpv4 = 0xffffn << 32n;
const ipv6Characters = /^([\da-f:.]{2,45})(?:\/(\d{1,3}))?$/i;

function ipv6Of(value: Value): Ipv6Address | null {
  const text = textOf(value).trim();
  const [ipv4, suffix] = [parseIpv4(text), ipv4NetmaskSuffix(text)];
  if (ipv4 !== null && suffix !== null) return { bits: mappedIpv4 | BigInt(ipv4), prefix: ipv6Size - 32 + suffix };
  const [, address = "", prefixText = "128"] = ipv6Characters.exec(text) ?? [];
  const prefix = Number(prefixText);
  const groups = ipv6Groups(address);
  if (groups === null || prefix > ipv6Size) return null;
  const bits = groups.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n);
  return { bits: ipv6Masked(bits, prefix), prefix };
}

/** The eight groups of 16 bits; `::` once stands for as many zeros as are missing. */
function ipv6Groups(address: string): readonly number[] | null {
  const halves = address.split("::");
  if (address === "" || halves.length > 2) return null;
  const [head, tail] = halves.map((half) => (half === "" ? [] : half.split(":").flatMap(groupOf)));
  if (head === undefined) return null;
  const given = head.length + (tail?.length ?? 0);
  if ([...head, ...(tail ?? [])].some(Number.isNaN) || (tail === undefined ? given !== 8 : given > 7)) return null;
  return tail === undefined ? head : [...head, ...Array<number>(8 - given).fill(0), ...tail];
}

function groupOf(text: string): readonly number[] {
  if (/^[\da-f]{1,4}$/i.test(text)) return [Number.parseInt(text, 16)];
  const ipv4 = text.includes(".") ? parseIpv4(text) : null;
  return ipv4 === null ? [Number.NaN] : [Math.floor(ipv4 / 2 ** 16), ipv4 % 2 ** 16];
}

function ipv6Masked(bits: bigint, prefix: number): bigint {
  const hidden = BigInt(ipv6Size - prefix);
  return (bits >> hidden) << hidden;
}

function ipv6Text(bits: bigint): string {
  return bits.toString(16).padStart(32, "0").match(/.{4}/g)?.join(":") ?? "";
}

/** All eight groups of the address, masked by its prefix: `fe80:0000:…`; "" where it is none. (parse-ipv6-function) */
export function parseIpv6(text: Value): string {
  return parseIpv6Mask(text, ipv6Size);
}
/** The same under a further prefix of 0 to 128 bits. (parse-ipv6-mask-function) */
export function parseIpv6Mask(text: Value, prefix: Value): string {
  const address = ipv6Of(text);
  const size = toLongOr(prefix, -1);
  if (address === null || size < 0 || size > ipv6Size) return "";
  return ipv6Text(ipv6Masked(address.bits, Math.min(address.prefix, size)));
}

/** -1, 0 or 1 for the addresses under the shortest of the prefixes. (ipv6-compare-function) */
export function ipv6Compare(left: Value, right: Value, prefix?: Value): Maybe<number> {
  const [a, b] = [ipv6Of(left), ipv6Of(right)];
  const size = prefix === undefined ? ipv6Size : toLongOr(prefix, -1);
  if (a === null || b === null || size < 0 || size > ipv6Size) return null;
  const shortest = Math.min(a.prefix, b.prefix, size);
  const [x, y] = [ipv6Masked(a.bits, shortest), ipv6Masked(b.bits, shortest)];
  return x < y ? -1 : x > y ? 1 : 0;
}
export function ipv6IsMatch(left: Value, right: Value, prefix?: Value): Maybe<boolean> {
  const order = ipv6Compare(left, right, prefix);
  return order === null ? null : order === 0;
}
/** Whether an address lies in a range such as `fe80::/10`. (ipv6-is-in-range-function) */
export function ipv6IsInRange(address: Value, network: Value): Maybe<boolean> {
  return ipv6IsMatch(address, network);
}
export function ipv6IsInAnyRange(address: Value, ...networks: readonly Value[]): Maybe<boolean> {
  if (ipv6Of(address) === null) return null;
  return networks
    .flatMap((item) => (isArray(item) ? item : [item]))
    .some((network) => ipv6IsMatch(address, network) === true);
}

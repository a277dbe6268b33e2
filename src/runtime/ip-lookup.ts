import type { Value } from "../types/value.ts";
import { keyOfAll } from "./key.ts";
import type { Operator } from "./stage.ts";

export interface LookupOptions<T, N> {
  /** Rows without a network stay, with empty columns. */
  readonly unmatched?: Value;
  /** Further keys that must be equal. */
  readonly keys?: (row: T) => readonly Value[];
  readonly networkKeys?: (network: N) => readonly Value[];
}

/** An address as a number, and how many of its first bits count. */
export interface Network {
  readonly address: bigint;
  readonly prefix: number;
}
interface Family {
  readonly width: number;
  /** The address, and the length of its prefix if one is written; null for what is no address. */
  read(text: string): Network | null;
}

const octet = /^(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;

function readIpv4(text: string): bigint | null {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => octet.test(part))) return null;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function readIpv6(text: string): bigint | null {
  const [head = "", tail, more] = text.split("::");
  if (more !== undefined) return null;
  const left = groupsOf(head);
  const right = tail === undefined ? [] : groupsOf(tail);
  if (left === null || right === null) return null;
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 0) return null;
  return [...left, ...Array.from({ length: missing }, () => 0n), ...right].reduce(
    (sum, part) => (sum << 16n) + part,
    0n,
  );
}

/** The groups of 16 bits in a part of an IPv6 address, whose end may be an IPv4 address. */
function groupsOf(text: string): bigint[] | null {
  if (text === "") return [];
  const groups: bigint[] = [];
  const parts = text.split(":");
  for (const [i, part] of parts.entries()) {
    const last = i === parts.length - 1 && part.includes(".") ? readIpv4(part) : null;
    if (last !== null) groups.push(last >> 16n, last & 0xffffn);
    else if (/^[\da-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return null;
  }
  return groups;
}

function withPrefix(text: string, width: number, read: (address: string) => bigint | null): Network | null {
  const [address = "", prefix, more] = text.trim().split("/");
  const value = read(address);
  if (value === null || more !== undefined || (prefix !== undefined && !/^\d{1,3}$/.test(prefix))) return null;
  const length = prefix === undefined ? width : Number(prefix);
  return length > width ? null : { address: value, prefix: length };
}

export const ipv4Bits: Family = { width: 32, read: (text) => withPrefix(text, 32, readIpv4) };
/** IPv4 addresses lie in ::ffff:0:0/96. */
export const ipv6Bits: Family = {
  width: 128,
  read(text) {
    const mapped = ipv4Bits.read(text);
    if (mapped) return { address: (0xffffn << 32n) + mapped.address, prefix: mapped.prefix + 96 };
    return withPrefix(text, 128, readIpv6);
  },
};

const masked = ({ address }: Network, prefix: number, width: number): bigint => address >> BigInt(width - prefix);

/** Joins rows to the networks that their addresses lie in. Networks are grouped by the length of their prefix. */
export function lookingUp<T, N, O>(
  family: Family,
  readNetworks: () => Promise<readonly N[]>,
  address: (row: T) => Value,
  network: (row: N) => Value,
  merge: (row: T, network: N) => O,
  { unmatched = false, keys, networkKeys }: LookupOptions<T, N>,
): Operator<T, O> {
  const byPrefix = new Map<number, Map<unknown, { readonly place: number; readonly row: N }[]>>();
  const keyOf = (bits: bigint, further: readonly Value[] | undefined): unknown =>
    further === undefined || further.length === 0 ? bits : keyOfAll([String(bits), ...further]);
  return {
    async prepare() {
      byPrefix.clear();
      (await readNetworks()).forEach((row, place) => {
        const text = network(row);
        const read = typeof text === "string" ? family.read(text) : null;
        if (!read) return;
        const known = byPrefix.get(read.prefix) ?? new Map();
        byPrefix.set(read.prefix, known);
        const key = keyOf(masked(read, read.prefix, family.width), networkKeys?.(row));
        known.set(key, [...(known.get(key) ?? []), { place, row }]);
      });
    },
    start() {
      const found = (row: T): readonly O[] => {
        const text = address(row);
        const read = typeof text === "string" ? family.read(text) : null;
        const further = keys?.(row);
        const matches = [...byPrefix].flatMap(([prefix, networks]) =>
          read && prefix <= read.prefix ? (networks.get(keyOf(masked(read, prefix, family.width), further)) ?? []) : [],
        );
        if (matches.length === 0) return unmatched === true ? [merge(row, {} as N)] : [];
        return matches.sort((a, b) => a.place - b.place).map((match) => merge(row, match.row));
      };
      return { push: (rows) => rows.flatMap(found), end: () => [] };
    },
  };
}

/** Joins rows to all others for which a test holds; `outer`: rows without one stay, with empty columns. */
export function lookingWhere<T, N, O>(
  readOthers: () => Promise<readonly N[]>,
  test: (row: T, other: N) => boolean | null,
  merge: (row: T, other: N) => O,
  outer: boolean,
): Operator<T, O> {
  let others: readonly N[] = [];
  return {
    async prepare() {
      others = await readOthers();
    },
    start() {
      const found = (row: T): readonly O[] => {
        const matches = others.filter((other) => test(row, other) === true);
        if (matches.length === 0) return outer ? [merge(row, {} as N)] : [];
        return matches.map((other) => merge(row, other));
      };
      return { push: (rows) => rows.flatMap(found), end: () => [] };
    },
  };
}

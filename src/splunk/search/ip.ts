/** An address as a number of bits. IPv4 stands in 32, IPv6 in 128. */
export interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

export function parseAddress(text: string): Address | null {
  return text.includes(":") ? parseV6(text) : parseV4(text);
}

function parseV4(text: string): Address | null {
  const found = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (found === null) return null;
  const parts = found.slice(1).map(Number);
  if (parts.some((p) => p > 255)) return null;
  return { bits: 32, value: parts.reduce((sum, p) => (sum << 8n) | BigInt(p), 0n) };
}

function parseV6(text: string): Address | null {
  const bare = text.replace(/%.*$/, "");
  const tail = /:(\d+\.\d+\.\d+\.\d+)$/.exec(bare);
  let source = bare;
  if (tail !== null) {
    const v4 = parseV4(tail[1] ?? "");
    if (v4 === null) return null;
    source = `${bare.slice(0, tail.index + 1)}${(v4.value >> 16n).toString(16)}:${(v4.value & 0xffffn).toString(16)}`;
  }
  const halves = source.split("::");
  if (halves.length > 2) return null;
  const groups = (half: string | undefined): string[] => (half === undefined || half === "" ? [] : half.split(":"));
  const [left, right] = [groups(halves[0]), groups(halves[1])];
  const missing = 8 - left.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const all = [...left, ...Array<string>(halves.length === 2 ? missing : 0).fill("0"), ...right];
  if (all.some((g) => !/^[0-9A-Fa-f]{1,4}$/.test(g))) return null;
  return { bits: 128, value: all.reduce((sum, g) => (sum << 16n) | BigInt(Number.parseInt(g, 16)), 0n) };
}

/** A test for addresses in a network, `10.0.0.0/8`; null for a text that is no network. (Comparison functions: cidrmatch) */
export function networkTest(network: string): ((address: string) => boolean) | null {
  const found = /^([^/]+)\/(\d{1,3})$/.exec(network.trim());
  const base = found === null ? null : parseAddress(found[1] ?? "");
  const length = Number(found?.[2]);
  if (base === null || length > base.bits) return null;
  const shift = BigInt(base.bits - length);
  return (text) => {
    const address = parseAddress(text);
    return address !== null && address.bits === base.bits && address.value >> shift === base.value >> shift;
  };
}

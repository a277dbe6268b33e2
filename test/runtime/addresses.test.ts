import { describe, expect, it } from "vitest";
import {
  ipv4RangeToCidrList,
  ipv6Compare,
  ipv6IsInAnyRange,
  ipv6IsInRange,
  ipv6IsMatch,
  parseIpv6,
  parseIpv6Mask,
} from "../../src/runtime/index.ts";

describe("IPv6 addresses", () => {
  it.each([
    ["::", "0000:0000:0000:0000:0000:0000:0000:0000"],
    ["fe80::85d:e82c:9446:7994", "fe80:0000:0000:0000:085d:e82c:9446:7994"],
    ["FE80::85D:E82C:9446:7994/120", "fe80:0000:0000:0000:085d:e82c:9446:7900"],
    ["192.168.255.255/24", "0000:0000:0000:0000:0000:ffff:c0a8:ff00"],
    ["::ffff:1.2.3.4", "0000:0000:0000:0000:0000:ffff:0102:0304"],
    ["::192.168.1.1", "0000:0000:0000:0000:0000:0000:c0a8:0101"],
    ["1:2:3:4:5:6:7:8", "0001:0002:0003:0004:0005:0006:0007:0008"],
  ])("%s is read", (text, wanted) => {
    expect(parseIpv6(text)).toBe(wanted);
  });
  it.each([
    "",
    ":",
    ":::",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7::8:9",
    "g::1",
    "12345::",
    "::1/129",
    "::1.2.3",
    "1.2.3.256",
  ])("`%s` is none", (text) => {
    expect(parseIpv6(text)).toBe("");
    expect(ipv6Compare(text, "::1")).toBeNull();
    expect(ipv6IsInAnyRange(text, "::/0")).toBeNull();
  });
  it("are compared under the shortest prefix", () => {
    expect(ipv6Compare("fe80::1", "fe80::2")).toBe(-1);
    expect(ipv6Compare("fe80::2", "fe80::1")).toBe(1);
    expect(ipv6Compare("fe80::1", "fe80::2", 120)).toBe(0);
    expect(ipv6Compare("192.168.1.1/24", "::ffff:c0a8:01ff", 127)).toBe(0);
    expect(ipv6IsMatch("::1", "::2", -1)).toBeNull();
    expect(parseIpv6Mask("::ffff", 120)).toBe("0000:0000:0000:0000:0000:0000:0000:ff00");
  });
  it("lie in ranges", () => {
    expect(ipv6IsInRange("a5e:f127::abcd", "a5e:f127::/112")).toBe(true);
    expect(ipv6IsInAnyRange("a5e:f127::1:0", ["a5e:f127::/112", "10.0.0.0/8"])).toBe(false);
    expect(ipv6IsInAnyRange("10.1.2.3", "::1", "10.0.0.0/8")).toBe(true);
  });
});

it("a range of IPv4 addresses is covered by few networks", () => {
  expect(ipv4RangeToCidrList("1.1.128.0", "1.1.140.255")).toEqual(["1.1.128.0/21", "1.1.136.0/22", "1.1.140.0/24"]);
  expect(ipv4RangeToCidrList("0.0.0.0", "255.255.255.255")).toEqual(["0.0.0.0/0"]);
  expect(ipv4RangeToCidrList("1.1.1.1", "1.1.1.1")).toEqual(["1.1.1.1/32"]);
  expect(ipv4RangeToCidrList("1.1.1.2", "1.1.1.1")).toBeNull();
});

import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { datetime, hashMd5, hashSha1, hashSha256, hashXxhash64 } from "../../src/runtime/index.ts";

const texts = ["", "abc", "é中😀", "a".repeat(55), "a".repeat(56), "a".repeat(64), "x".repeat(1000)];

describe("digests", () => {
  it.each([
    ["md5", hashMd5],
    ["sha1", hashSha1],
    ["sha256", hashSha256],
  ] as const)("%s agrees with Node's", (name, digest) => {
    for (const text of texts) expect(digest(text)).toBe(createHash(name).update(text).digest("hex"));
  });
  it("take the text of what is no text", () => {
    expect(hashMd5(datetime("2020-01-01"))).toBe(hashMd5("2020-01-01T00:00:00.0000000Z"));
    expect(hashMd5(12)).toBe(hashMd5("12"));
  });
});

describe("xxHash64", () => {
  it("gives the published values, as signed numbers", () => {
    expect(hashXxhash64("")).toBe(BigInt.asIntN(64, 0xef46db3751d8e999n));
    expect(hashXxhash64("a")).toBe(BigInt.asIntN(64, 0xd24ec4f1a98c6e5bn));
    expect(hashXxhash64("abc")).toBe(BigInt.asIntN(64, 0x44bc2cf5ad770999n));
    expect(hashXxhash64("Nobody inspects the spammish repetition")).toBe(BigInt.asIntN(64, 0xfbcea83c8a378bf1n));
  });
  it("gives the engine's values of texts and times", () => {
    expect(hashXxhash64("World")).toBe(1846988464401551951n);
    expect(hashXxhash64(datetime("2015-01-01"))).toBe(1380966698541616202n);
  });
  it("is within a modulus, and null without a positive one", () => {
    expect(hashXxhash64("World", 100)).toBe(51);
    for (const text of texts) expect(Number(hashXxhash64(text, 7))).toBeGreaterThanOrEqual(0);
    expect(hashXxhash64("World", 0)).toBeNull();
  });
  it("has no value for what it has no bytes of", () => {
    expect(hashXxhash64(1.5)).toBeNull();
    expect(hashXxhash64(null)).toBeNull();
  });
});

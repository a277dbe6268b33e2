import { deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  base64DecodeToarray,
  base64DecodeToguid,
  base64DecodeTostring,
  base64EncodeFromarray,
  base64EncodeFromguid,
  base64EncodeTostring,
  gzipDecompressFromBase64String,
  punycodeFromString,
  punycodeToString,
  unicodeCodepointsFromString,
  unicodeCodepointsToString,
  zlibDecompressFromBase64String,
} from "../../src/runtime/index.ts";

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

describe("base64", () => {
  it("is undone", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(base64DecodeTostring(base64EncodeTostring(text))).toBe(text);
      }),
    );
  });
  it("does not guess: wrong lengths, letters and UTF-8 give nothing", () => {
    expect(["S3VzdG8", "!!!!", "/w=="].map(base64DecodeTostring)).toEqual(["", "", ""]);
    expect(base64DecodeToarray("S3VzdG8")).toBeNull();
    expect(base64EncodeFromarray([75, 256])).toBe("");
    expect(base64EncodeFromarray(base64DecodeToarray("S3VzdG8="))).toBe("S3VzdG8=");
  });
  it("holds a guid with its first parts reversed", () => {
    const guid = "ae3133f2-6e22-49ae-b06a-16e6a9b212eb";
    expect(base64EncodeFromguid(guid)).toBe("8jMxriJurkmwahbmqbIS6w==");
    expect(base64DecodeToguid("8jMxriJurkmwahbmqbIS6w==")).toBe(guid);
    expect(base64DecodeToguid("abcd1231")).toBeNull();
  });
});

describe("compressed texts", () => {
  it("are read whatever blocks they are made of", () => {
    const text = fc.oneof(
      fc.string(),
      fc.lorem({ maxCount: 300 }),
      fc.string().map((s) => s.repeat(300)),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(0, 1, 6, 9), (plain, level) => {
        expect(zlibDecompressFromBase64String(base64(deflateSync(plain, { level })))).toBe(plain);
        expect(gzipDecompressFromBase64String(base64(gzipSync(plain, { level })))).toBe(plain);
      }),
      { numRuns: 60 },
    );
  });
  it("give nothing where they are damaged or too long", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(typeof zlibDecompressFromBase64String(base64(bytes))).toBe("string");
      }),
    );
    expect(zlibDecompressFromBase64String("x0x0x0")).toBe("");
    expect(zlibDecompressFromBase64String(base64(deflateSync(Buffer.alloc(40_000_000))))).toBe("");
  });
});

describe("code points", () => {
  it("go both ways, numbers and arrays mixed", () => {
    expect(unicodeCodepointsFromString("⒦𝒜")).toEqual([9382, 0x1d49c]);
    expect(unicodeCodepointsToString([75, 117], 115, [[], 116], 111, -1)).toBe("Kusto");
  });
  it("have a form in ASCII", () => {
    expect(["艺术", "académie-française", "abc"].map(punycodeFromString)).toEqual([
      "cqv902d",
      "acadmie-franaise-npb1a",
      "abc",
    ]);
    fc.assert(
      fc.property(fc.array(fc.constantFrom("ü", "艺", "𝒜", "ß", "é"), { minLength: 1 }), (letters) => {
        const text = letters.join("");
        expect(punycodeToString(punycodeFromString(text))).toBe(text);
      }),
    );
    expect(punycodeToString("é-a")).toBe("");
    expect(punycodeToString("99999999")).toBe("");
  });
});

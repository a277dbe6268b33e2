import { createHash } from "node:crypto";
import { type EvalFunction, ofTexts } from "../function.ts";

const hash = (algorithm: string): EvalFunction =>
  ofTexts(1, 1, ([text = ""]) => createHash(algorithm).update(text, "utf8").digest("hex"));

/** Cryptographic functions: hexadecimal digests of the UTF-8 bytes. (Search Reference) */
export const cryptographicFunctions: Readonly<Record<string, EvalFunction>> = {
  md5: hash("md5"),
  sha1: hash("sha1"),
  sha256: hash("sha256"),
  sha512: hash("sha512"),
};

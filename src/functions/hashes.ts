import { scalar } from "./define.ts";
import type { ParameterType, ScalarFunction } from "./row.ts";
import { splForms } from "./spl-forms.ts";

const hashable: ParameterType = ["string", "long", "int", "real", "decimal", "bool", "datetime", "timespan", "guid"];
const digest = (
  name: "hash_md5" | "hash_sha1" | "hash_sha256",
  run: NonNullable<ScalarFunction["run"]>,
): ScalarFunction => scalar(name, [hashable], "string", { nulls: "handles", run, spl: splForms[name] });

/** Hashes. `hash` is the xxHash64 of today's engine; how it combines hashes is not known. */
export const hashes: readonly ScalarFunction[] = [
  scalar("hash", [hashable, "long"], "long", { optional: 1, run: "hashXxhash64" }),
  scalar("hash_xxhash64", [hashable, "long"], "long", { optional: 1, run: "hashXxhash64" }),
  digest("hash_md5", "hashMd5"),
  digest("hash_sha1", "hashSha1"),
  digest("hash_sha256", "hashSha256"),
  scalar("hash_combine", ["long"], "long", { rest: "long" }),
  scalar("hash_many", [hashable], "long", { rest: hashable }),
];

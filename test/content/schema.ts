import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";

const ajv = new Ajv({ allErrors: true, strict: false });

/** What is wrong with data by one of the schemas here. */
export function schema(name: string): (data: unknown) => readonly string[] {
  const text = readFileSync(join(import.meta.dirname, "schemas", name), "utf8");
  const validate = ajv.compile(JSON.parse(text));
  return (data) => (validate(data) ? [] : (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message}`));
}

import { type FieldMapping, type Transform, transforms } from "./profile.ts";

/** Reads how a profile writes a field: `Image`, `$basename(Image)`, `$lower($after(User, "\\"))`. Throws an Error with the reason. */
export function parseField(text: string): FieldMapping {
  const [mapping, rest] = field(text.trim(), 0);
  if (rest.trim() !== "") throw new Error(`unexpected text after the field: ${rest.trim()}`);
  return mapping;
}

const deepest = 8;

function field(text: string, depth: number): [FieldMapping, string] {
  if (depth > deepest) throw new Error("nested too deep");
  const name = /^\$(\w+)\s*\(\s*/.exec(text);
  if (name === null) return plainField(text);
  const transform = `$${name[1]}`;
  if (!isTransform(transform))
    throw new Error(`no transform ${transform}; there are ${Object.keys(transforms).join(", ")}`);
  const [of, afterField] = field(text.slice(name[0].length), depth + 1);
  const [argument, afterArgument] =
    transforms[transform] === 0 ? [null, afterField] : argumentOf(transform, afterField);
  const close = /^\s*\)/.exec(afterArgument);
  if (close === null) throw new Error(`")" is missing after ${transform}`);
  return [{ kind: "transform", name: transform, of, argument }, afterArgument.slice(close[0].length)];
}

function isTransform(name: string): name is Transform {
  return Object.hasOwn(transforms, name);
}

/** A field's name ends at a comma, a bracket or white space. */
function plainField(text: string): [FieldMapping, string] {
  const name = /^[^\s,()"'`|$[\]=<>]+/.exec(text);
  if (name === null) throw new Error("a field name is missing");
  return [{ kind: "field", field: name[0] }, text.slice(name[0].length)];
}

function argumentOf(transform: string, text: string): [string, string] {
  const found = /^\s*,\s*("(?:[^"\\]|\\.)*")/.exec(text);
  if (found?.[1] === undefined) throw new Error(`${transform} takes a field and a text in double quotes`);
  const value: unknown = JSON.parse(found[1]);
  return [String(value), text.slice(found[0].length)];
}

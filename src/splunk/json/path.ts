import { isArray, isObject, type Json } from "./json.ts";

/** A step of a path: a member, an element (negative from the end), or every element. */
export type Step =
  | { readonly kind: "member"; readonly name: string }
  | { readonly kind: "element"; readonly index: number }
  | { readonly kind: "every" };

/** Reads `a.b{0}.c` and `a{}.b`: dots part the members, braces hold the number of an element. (JSON functions; spath command) */
export function parsePath(path: string): readonly Step[] {
  const steps: Step[] = [];
  const pattern = /\{(-?\d*)\}|\.?((?:[^.{]|\{(?!-?\d*\}))+)|\./gy;
  for (const [, index, name] of path.matchAll(pattern)) {
    if (name !== undefined) steps.push({ kind: "member", name: name.replace(/^(['"])(.*)\1$/, "$2") });
    else if (index === "") steps.push({ kind: "every" });
    else if (index !== undefined) steps.push({ kind: "element", index: Number(index) });
  }
  return steps;
}

/** All values at a path. */
export function valuesAt(json: Json, path: readonly Step[]): readonly Json[] {
  const [step, ...rest] = path;
  if (step === undefined) return [json];
  switch (step.kind) {
    case "member": {
      const found = isObject(json) ? json.get(step.name) : undefined;
      return found === undefined ? [] : valuesAt(found, rest);
    }
    case "element": {
      const found = isArray(json) ? json.at(step.index) : undefined;
      return found === undefined ? [] : valuesAt(found, rest);
    }
    case "every":
      return isArray(json) ? json.flatMap((item) => valuesAt(item, rest)) : [];
  }
}

/** The same JSON with what stands at a path replaced; undefined from `change` removes it. Members that are missing are made on the way. */
export function changeAt(json: Json, path: readonly Step[], change: (old: Json | undefined) => Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) return change(json) ?? null;
  const inner = (old: Json | undefined): Json | undefined => {
    if (rest.length === 0) return change(old);
    return old === undefined
      ? changeAt(rest[0]?.kind === "member" ? new Map() : [], rest, change)
      : changeAt(old, rest, change);
  };
  if (step.kind === "member") {
    if (!isObject(json)) return json;
    const members = new Map(json);
    const made = inner(json.get(step.name));
    if (made === undefined) members.delete(step.name);
    else members.set(step.name, made);
    return members;
  }
  if (!isArray(json)) return json;
  const target = step.kind === "element" ? (step.index < 0 ? json.length + step.index : step.index) : -1;
  const items: (Json | undefined)[] = [...json];
  if (step.kind === "element" && target >= 0 && target <= json.length) items[target] = inner(json[target]);
  else if (step.kind === "every") return json.flatMap((item) => inner(item) ?? []);
  return items.filter((item) => item !== undefined);
}

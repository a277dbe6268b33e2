/**
 * A text with the places where it may break. A group stands on one line where it fits and has no forced break,
 * else every `line` of its own is a new line.
 */
export type Doc =
  | string
  | { readonly kind: "concat"; readonly parts: readonly Doc[]; readonly forced: boolean }
  | { readonly kind: "indent"; readonly by: number; readonly body: Doc; readonly forced: boolean }
  | { readonly kind: "group"; readonly body: Doc; readonly forced: boolean }
  /** `flat` stands for it where its group is on one line. */
  | { readonly kind: "line"; readonly flat: string; readonly forced: boolean }
  /** A comment at the end of the line that is being written. */
  | { readonly kind: "suffix"; readonly text: string; readonly forced: boolean }
  /** A comment on a line of its own. */
  | { readonly kind: "comment"; readonly text: string; readonly forced: true };

const isForced = (doc: Doc): boolean => typeof doc !== "string" && doc.forced;

export const line: Doc = { kind: "line", flat: " ", forced: false };
export const softLine: Doc = { kind: "line", flat: "", forced: false };
export const hardLine: Doc = { kind: "line", flat: "", forced: true };

export function concat(...parts: readonly Doc[]): Doc {
  return sequence(parts);
}
export function sequence(parts: readonly Doc[]): Doc {
  return { kind: "concat", parts, forced: parts.some(isForced) };
}
export function indent(body: Doc, by = 4): Doc {
  return { kind: "indent", by, body, forced: isForced(body) };
}
export function group(body: Doc, broken = false): Doc {
  return { kind: "group", body, forced: broken || isForced(body) };
}
/** `ends`: what follows must not stand on the same line. */
export const suffix = (text: string, ends: boolean): Doc => ({ kind: "suffix", text, forced: ends });
export const ownLine = (text: string): Doc => ({ kind: "comment", text, forced: true });

interface Task {
  readonly indent: number;
  readonly flat: boolean;
  readonly doc: Doc;
}

/** Lays a document out in lines of at most `width` characters where it can break. */
export function layOut(doc: Doc, width: number): string {
  const lines: string[] = [];
  let current = "";
  let comments: string[] = [];
  const newLine = (by: number): void => {
    const code = current.replace(/ +$/, "");
    const [first, ...further] = comments;
    lines.push(first === undefined ? code : code === "" ? current + first : `${code} ${first}`);
    for (const comment of further) lines.push(" ".repeat(by) + comment);
    comments = [];
    current = " ".repeat(by);
  };
  const tasks: Task[] = [{ indent: 0, flat: false, doc }];
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    const { indent, flat, doc } = task;
    if (typeof doc === "string") {
      const [first = "", ...further] = doc.split("\n");
      current += first;
      for (const part of further) {
        lines.push(current);
        current = part;
      }
      continue;
    }
    switch (doc.kind) {
      case "concat":
        for (let i = doc.parts.length - 1; i >= 0; i--) tasks.push({ indent, flat, doc: doc.parts[i] ?? "" });
        break;
      case "indent":
        tasks.push({ indent: indent + doc.by, flat, doc: doc.body });
        break;
      case "group": {
        const fits = !doc.forced && (flat || fitsIn(width - current.length, doc.body, tasks));
        tasks.push({ indent, flat: fits, doc: doc.body });
        break;
      }
      case "line":
        if (flat && !doc.forced) current += doc.flat;
        else newLine(indent);
        break;
      case "suffix":
        comments.push(doc.text);
        break;
      case "comment":
        if (comments.length > 0 || current.trim() !== "") newLine(indent);
        current += doc.text;
        newLine(indent);
        break;
    }
  }
  newLine(0);
  return lines.join("\n").trimEnd();
}

/** The document on one line, and what follows it up to the next break, takes no more than `room`. */
function fitsIn(room: number, doc: Doc, rest: readonly Task[]): boolean {
  let left = room;
  let next = rest.length;
  const stack: { readonly doc: Doc; readonly flat: boolean }[] = [{ doc, flat: true }];
  while (left >= 0) {
    const top = stack.pop();
    if (top === undefined) {
      const follower = rest[--next];
      if (follower === undefined) return true;
      stack.push(follower);
      continue;
    }
    const item = top.doc;
    if (typeof item === "string") {
      if (item.includes("\n")) return item.indexOf("\n") <= left;
      left -= item.length;
      continue;
    }
    switch (item.kind) {
      case "concat":
        for (let i = item.parts.length - 1; i >= 0; i--) stack.push({ doc: item.parts[i] ?? "", flat: top.flat });
        break;
      case "indent":
        stack.push({ doc: item.body, flat: top.flat });
        break;
      case "group":
        stack.push({ doc: item.body, flat: top.flat && !item.forced });
        break;
      case "line":
        if (!top.flat || item.forced) return true;
        left -= item.flat.length;
        break;
      case "suffix":
        break;
      case "comment":
        return true;
    }
  }
  return false;
}

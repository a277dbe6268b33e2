import type { Located } from "../../spl/tree.ts";
import type { Engine } from "../engine.ts";
import { SplProblem } from "../problem.ts";
import { compilePattern } from "./compile.ts";
import { expandReplacement } from "./replacement.ts";

/** What `mode=sed` does to a text: `s/regex/replacement/flags` with `g` or the number of a match, `y/abc/xyz/`. (rex command) */
export function sedScript(engine: Engine, node: Located, script: string): (text: string) => string {
  const parts = partsOf(script.trim());
  if (parts === null)
    throw new SplProblem("SPL203", node, `\`${script}\` is no sed expression`, "write s/regex/replacement/g");
  const { command, from, to, flags } = parts;
  if (command === "y") return transliteration(node, from, to);
  const flag = /^(g|[1-9]\d{0,5})?$/.exec(flags);
  if (flag === null)
    throw new SplProblem("SPL203", node, `the sed flag \`${flags}\` is not known`, "use g or a number");
  const pattern = compilePattern(engine, node, from, true);
  const nth = flags === "g" ? null : Number(flags || "1");
  return (text) => {
    let result = "";
    let at = 0;
    for (const [i, match] of pattern.all(text, nth ?? undefined).entries()) {
      if (nth !== null && i + 1 !== nth) continue;
      result += text.slice(at, match.index) + expandReplacement(to, match);
      at = match.index + match[0].length;
    }
    return result + text.slice(at);
  };
}

/** The three parts between the delimiter; one in a part is written with a backslash. */
function partsOf(
  script: string,
): { readonly command: "s" | "y"; readonly from: string; readonly to: string; readonly flags: string } | null {
  const command = script.charAt(0);
  const delimiter = script.charAt(1);
  if ((command !== "s" && command !== "y") || delimiter === "" || /[\w\s\\]/.test(delimiter)) return null;
  const parts: string[] = [""];
  for (let i = 2; i < script.length; i++) {
    const c = script.charAt(i);
    const next = script.charAt(i + 1);
    if (c === "\\" && next === delimiter) {
      parts.push(`${parts.pop() ?? ""}${delimiter}`);
      i++;
    } else if (c === "\\") {
      parts.push(`${parts.pop() ?? ""}${c}${next}`);
      i++;
    } else if (c === delimiter && parts.length < 3) parts.push("");
    else parts.push(`${parts.pop() ?? ""}${c}`);
  }
  const [from = "", to = "", flags] = parts;
  return flags === undefined ? null : { command, from, to, flags: flags.trim() };
}

function transliteration(node: Located, from: string, to: string): (text: string) => string {
  const source = [...from];
  const target = [...to];
  if (source.length !== target.length)
    throw new SplProblem("SPL203", node, "y/…/…/ needs as many characters on both sides");
  const map = new Map(source.map((c, i) => [c, target[i] ?? c] as const));
  return (text) => [...text].map((c) => map.get(c) ?? c).join("");
}

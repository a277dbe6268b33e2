/**
 * Code before its lines are broken: text, a sequence, or a bracketed list that stands on one line where it fits and else has an
 * item a line.
 */
export type Code = string | readonly Code[] | List | Chain;

/** `head.first(…).second(…)`: a call a line, with comments before it, where there are two or more or they do not fit. */
export interface Chain {
  readonly head: Code;
  readonly calls: readonly { readonly comments: readonly string[]; readonly code: Code }[];
}

interface List {
  readonly open: string;
  readonly items: readonly Code[];
  readonly separator: string;
  readonly close: string;
  /** Blanks inside the brackets on one line: `{ a }`. */
  readonly padded: boolean;
  /** A separator behind the last item when broken. */
  readonly trailing: boolean;
  /** When broken, the separator begins the lines (`&& b`). */
  readonly leading: boolean;
}

const base = { separator: ",", padded: false, trailing: true, leading: false };

/** `name(a, b)` */
export function callOf(name: string, args: readonly Code[]): Code {
  // A single argument that brings its own brackets is hugged by the parentheses.
  const [only] = args;
  if (args.length === 1 && only !== undefined) return [`${name}(`, only, ")"];
  return { ...base, open: `${name}(`, items: args, close: ")" };
}
/** A call whose last argument, a function or an object, may break while the others stay on the line. */
export function listOf(open: string, items: readonly Code[], close: string): Code {
  return { ...base, open, items, close };
}
/** `{ a: 1, b: 2 }` */
export function objectOf(items: readonly Code[]): Code {
  return items.length === 0 ? "{}" : { ...base, open: "{", items, close: "}", padded: true };
}
/** `a && b && c`, broken before the operators. */
export function operatorOf(operator: string, items: readonly Code[]): Code {
  return { ...base, open: "", items, separator: ` ${operator}`, close: "", trailing: false, leading: true };
}
/** `a ? b : c ? d : e`, broken before the question marks' and colons' parts. */
export function choiceOf(cases: readonly (readonly [Code, Code])[], otherwise: Code): Code {
  const [first, ...rest] = cases;
  if (first === undefined) return otherwise;
  const items: Code[] = [
    [first[0], " ? ", first[1]],
    ...rest.map(([condition, value]): Code => [condition, " ? ", value]),
    otherwise,
  ];
  return { ...base, open: "", items, separator: " :", close: "", trailing: false, leading: true };
}

export const lineWidth = 110;

/** On one line. */
export function flat(code: Code): string {
  if (typeof code === "string") return code;
  if (isSequence(code)) return code.map(flat).join("");
  if ("head" in code) return flat(code.head) + code.calls.map((call) => flat(call.code)).join("");
  const inside = code.items.map(flat).join(`${code.separator} `);
  return code.padded ? `${code.open} ${inside} ${code.close}` : code.open + inside + code.close;
}

function isSequence(code: readonly Code[] | List | Chain): code is readonly Code[] {
  return Array.isArray(code);
}

/** The lines, the first one continuing a line that already has `column` characters and ends with `behind` more. */
export function print(code: Code, indent: number, column: number, behind = 0): string {
  if (typeof code === "string") return code;
  const line = flat(code);
  if (!mustBreak(code) && column + line.length + behind <= lineWidth) return line;
  if (isSequence(code)) return printSequence(code, indent, column, behind);
  if ("head" in code) return printChain(code, indent, column, behind);
  if (code.leading) return printOperands(code, indent, column);
  const blank = " ".repeat(indent + 2);
  const items = code.items.map((item, i) => {
    const last = i === code.items.length - 1;
    const separator = last && !code.trailing ? "" : code.separator;
    return blank + print(item, indent + 2, indent + 2, separator.length) + separator;
  });
  return [code.open, ...items, " ".repeat(indent) + code.close].join("\n");
}

function mustBreak(code: Code): boolean {
  if (typeof code === "string") return false;
  if (isSequence(code)) return code.some(mustBreak);
  if ("head" in code)
    return code.calls.length > 1 || code.calls.some((call) => call.comments.length > 0 || mustBreak(call.code));
  return code.items.some(mustBreak);
}

function printChain(chain: Chain, indent: number, column: number, behind: number): string {
  const [only] = chain.calls;
  if (chain.calls.length === 1 && only !== undefined && only.comments.length === 0) {
    return printSequence([chain.head, only.code], indent, column, behind);
  }
  const blank = " ".repeat(indent + 2);
  const lines = chain.calls.flatMap((call, i) => [
    ...call.comments.map((comment) => `${blank}// ${comment}`),
    blank + print(call.code, indent + 2, indent + 2, i === chain.calls.length - 1 ? behind : 0),
  ]);
  return [print(chain.head, indent, column), ...lines].join("\n");
}

function printSequence(parts: readonly Code[], indent: number, column: number, behind: number): string {
  let text = "";
  let at = column;
  parts.forEach((part, i) => {
    const next = parts[i + 1];
    const rest = next === undefined ? behind : typeof next === "string" ? next.length : 0;
    const printed = print(part, indent, at, rest);
    text += printed;
    const newline = printed.lastIndexOf("\n");
    at = newline < 0 ? at + printed.length : printed.length - newline - 1;
  });
  return text;
}

function printOperands(code: List, indent: number, column: number): string {
  const blank = `\n${" ".repeat(indent + 2)}`;
  const operator = code.separator.trim();
  return code.items
    .map((item, i) =>
      i === 0
        ? print(item, indent + 2, column)
        : `${blank}${operator} ${print(item, indent + 2, indent + 3 + operator.length)}`,
    )
    .join("");
}

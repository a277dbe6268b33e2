/** As much of SPL as a filter on one field needs, after the Search Manual and independent of the printer that it checks. */

/** `text` in double quotes, `field` in single quotes, `sign` any other word or sign. */
export interface Token {
  readonly kind: "text" | "field" | "sign";
  readonly value: string;
}

/** Tokens of a search. Quotes end at the first one without a backslash; `\\`, `\"` and `\|` lose their backslash. */
export function tokensOf(spl: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\s+|"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'|([\w.{}:@-]+|==|!=|>=|<=|[=()|,*<>[\]])/y;
  while (pattern.lastIndex < spl.length) {
    const at = pattern.lastIndex;
    const found = pattern.exec(spl);
    if (found === null) throw new Error(`not SPL at ${at}: ${JSON.stringify(spl.slice(at, at + 40))}`);
    const [, quoted, field, sign] = found;
    if (quoted !== undefined) tokens.push({ kind: "text", value: quoted.replace(/\\(["\\|])/g, "$1") });
    else if (field !== undefined) tokens.push({ kind: "field", value: field.replace(/\\(['\\])/g, "$1") });
    else if (sign !== undefined) tokens.push({ kind: "sign", value: sign });
  }
  return tokens;
}

/** The pipeline with every value as `S`; in the search language numbers and a lone `*` are values too. */
export function skeletonOf(spl: string): string {
  return tokensOf(spl)
    .map((t) => (t.kind === "text" || /^(?:\d+|\*)$/.test(t.value) ? "S" : t.value))
    .join(" ");
}

type Test = (value: string) => boolean;

/** Which values of a field pass the base search and the where commands of a search. Throws for anything else than tests of that field. */
export function filterOf(spl: string, field: string): Test {
  const stages: Token[][] = [[]];
  for (const token of tokensOf(spl)) {
    if (token.kind === "sign" && token.value === "|") stages.push([]);
    else stages.at(-1)?.push(token);
  }
  const tests = stages.map((stage, i): Test => {
    const reader = new Reader(stage, field);
    const command = i === 0 ? "search" : reader.word();
    if (command === "search") return reader.search();
    if (command === "where") return reader.condition();
    if (command === "table") return () => true;
    throw new Error(`an unexpected command ${command}`);
  });
  return (value) => tests.every((test) => test(value));
}

class Reader {
  private at = 0;
  private readonly tokens: readonly Token[];
  private readonly field: string;
  constructor(tokens: readonly Token[], field: string) {
    this.tokens = tokens;
    this.field = field;
  }

  word(): string {
    const token = this.tokens[this.at++];
    if (token?.kind !== "sign") throw new Error(`a word is missing, not ${JSON.stringify(token)}`);
    return token.value;
  }
  private text(): string {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new Error("a text is missing");
    return token.value;
  }
  private is(value: string): boolean {
    const token = this.tokens[this.at];
    return token?.kind === "sign" && token.value === value;
  }
  private take(value: string): void {
    if (!this.is(value)) throw new Error(`${value} is missing before ${JSON.stringify(this.tokens[this.at])}`);
    this.at++;
  }

  /** `field="value"` terms, all of which must hold; those of other fields hold. */
  search(): Test {
    const tests: Test[] = [];
    while (this.at < this.tokens.length) {
      const name = this.word();
      this.take("=");
      const pattern = this.text();
      if (name === this.field) tests.push((value) => fits(pattern, value));
    }
    return (value) => tests.every((test) => test(value));
  }

  /** `field=="x" AND match(field, "x")` and their like. */
  condition(): Test {
    const tests = [this.comparison()];
    while (this.at < this.tokens.length) {
      this.take("AND");
      tests.push(this.comparison());
    }
    return (value) => tests.every((test) => test(value));
  }

  private comparison(): Test {
    const head = this.word();
    if (head === "match") {
      this.take("(");
      this.take(this.field);
      this.take(",");
      const regex = pcre(this.text());
      this.take(")");
      return (value) => regex.test(value);
    }
    let read = (value: string): string => value;
    if (head === "lower") {
      this.take("(");
      this.take(this.field);
      this.take(")");
      read = (value) => value.toLowerCase();
    } else if (head !== this.field) throw new Error(`${head} where ${this.field} should be`);
    this.take("==");
    const wanted = this.text();
    return (value) => read(value) === wanted;
  }
}

/** The value of a search term: `*` is any text, whatever stands before it, and case does not count. */
function fits(pattern: string, value: string): boolean {
  const [start = "", ...parts] = pattern.toLowerCase().split("*");
  const text = value.toLowerCase();
  const end = parts.pop();
  if (end === undefined) return text === start;
  if (!text.startsWith(start)) return false;
  let at = start.length;
  for (const part of parts) {
    at = text.indexOf(part, at);
    if (at < 0) return false;
    at += part.length;
  }
  return text.length - at >= end.length && text.endsWith(end);
}

/** PCRE for expressions that are made of a literal text, look-around and anchors. */
function pcre(pattern: string): RegExp {
  const [, flags = "", body = ""] = /^(?:\(\?([a-z]+)\))?([\s\S]*)$/.exec(pattern) ?? [];
  return new RegExp(body.replaceAll("\\z", "$"), `${flags}u`);
}

/** What YAML 1.1 or 1.2 reads as something else than a string, whatever its case. */
const reserved = /^(?:null|true|false|yes|no|on|off|y|n|nan|inf|~)$/i;

/** Plain text that no reader of YAML takes for anything else: words, with blanks and harmless signs between them. */
const plain = /^[A-Za-z](?:[A-Za-z0-9 _./()@,+-]|:(?=\/\/))*$/;
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const isoDate = /^\d{4}-\d\d-\d\d$/;

/** A string as a YAML scalar, plain where that is safe. */
export function textScalar(text: string): string {
  const isPlain = (plain.test(text) && !text.endsWith(" ") && !reserved.test(text)) || uuid.test(text);
  return isPlain ? text : quotedScalar(text);
}

/** A key of a map: search names and fields with their modifiers are plain. */
export function keyScalar(text: string): string {
  return /^[A-Za-z_][\w.|-]*$/.test(text) && !reserved.test(text) ? text : quotedScalar(text);
}

/** A date as YAML has it; other text is quoted. */
export function dateScalar(text: string): string {
  return isoDate.test(text) ? text : textScalar(text);
}

/** A string in single quotes; in double quotes where a character has to be escaped. */
export function quotedScalar(text: string): string {
  return needsEscape(text) ? doubleQuoted(text) : `'${text.replaceAll("'", "''")}'`;
}

/** Control characters, line breaks of every kind, and what YAML does not allow or editors do not show. */
const unprintable = /[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff\p{Cs}\p{Cf}]/u;

export function needsEscape(text: string): boolean {
  return unprintable.test(text);
}

function doubleQuoted(text: string): string {
  const inside = [...text].map((character) => {
    if (character === '"' || character === "\\") return `\\${character}`;
    if (!unprintable.test(character)) return character;
    switch (character) {
      case "\n":
        return "\\n";
      case "\r":
        return "\\r";
      case "\t":
        return "\\t";
      default: {
        const code = character.codePointAt(0) ?? 0;
        if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
        return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
      }
    }
  });
  return `"${inside.join("")}"`;
}

/**
 * Several lines as a literal block under the given indentation, or null where a block would not give the same text back:
 * it has a character that needs an escape, a first line that is blank or begins with one, or an end that no chomping keeps.
 */
export function literalBlock(text: string, indentation: string): string | null {
  const body = text.endsWith("\n") ? text.slice(0, -1) : text;
  if (!body.includes("\n") || /^[ \n]|\n$/.test(body) || needsEscape(body.replaceAll("\n", ""))) return null;
  const lines = body.split("\n").map((line) => (line === "" ? "" : indentation + line));
  return [text.endsWith("\n") ? "|" : "|-", ...lines].join("\n");
}

import { printCondition } from "./condition.ts";
import { escapeText } from "./escape.ts";
import type { FieldTest, Search, SigmaRule, SigmaValue } from "./rule.ts";
import { dateScalar, keyScalar, literalBlock, quotedScalar, textScalar } from "./scalar.ts";

const indent = "    ";

/**
 * A Sigma rule as YAML, laid out like the rules of SigmaHQ. Every string comes back as itself, in YAML 1.1 and 1.2.
 * `remarks` are lines for the reader, printed as comments above the detection.
 */
export function printSigma(rule: SigmaRule, remarks: readonly string[] = []): string {
  const lines = [
    `title: ${textScalar(rule.title)}`,
    ...optional("id", rule.id, textScalar),
    ...optional("name", rule.name, textScalar),
    ...optional("status", rule.status, textScalar),
    ...optional("description", rule.description, (text) => literalBlock(text, indent) ?? textScalar(text)),
    ...list("references", rule.references),
    ...optional("author", rule.author, textScalar),
    ...optional("date", rule.date, dateScalar),
    ...optional("modified", rule.modified, dateScalar),
    ...list("tags", rule.tags),
    "logsource:",
    ...Object.entries(rule.logsource).map(([key, value]) => `${indent}${keyScalar(key)}: ${textScalar(value)}`),
    ...remarks.map((remark) => `# ${remark.replace(/[\p{Cc}\u2028\u2029]+/gu, " ")}`),
    "detection:",
    ...rule.searches.flatMap((search) => printSearch(search)),
    `${indent}condition: ${conditionScalar(printCondition(rule.condition))}`,
    ...list("falsepositives", rule.falsePositives),
    ...optional("level", rule.level, textScalar),
  ];
  return `${lines.join("\n")}\n`;
}

function optional(key: string, value: string | undefined, print: (text: string) => string): string[] {
  return value === undefined ? [] : [`${key}: ${print(value)}`];
}

function list(key: string, values: readonly string[] | undefined): string[] {
  return values === undefined || values.length === 0
    ? []
    : [`${key}:`, ...values.map((value) => `${indent}- ${textScalar(value)}`)];
}

/** Search names and `*` are plain inside a scalar, so only its beginning could mislead: `1 of …` and words do not. */
function conditionScalar(text: string): string {
  return /^[A-Za-z0-9_(][\w ()*]*$/.test(text) ? text : quotedScalar(text);
}

function printSearch(search: Search): string[] {
  const [first, ...others] = search.alternatives;
  const name = `${indent}${keyScalar(search.name)}:`;
  if (first !== undefined && others.length === 0)
    return [name, ...first.flatMap((test) => printTest(test, indent + indent))];
  return [
    name,
    ...search.alternatives.flatMap((tests) => {
      const lines = tests.flatMap((test) => printTest(test, `${indent + indent}  `));
      return lines.map((line, index) => (index === 0 ? `${indent}${indent}- ${line.trimStart()}` : line));
    }),
  ];
}

function printTest(test: FieldTest, indentation: string): string[] {
  const key = `${indentation}${keyScalar([test.field, ...test.modifiers].join("|"))}:`;
  const [first, ...others] = test.values;
  if (first !== undefined && others.length === 0) return [`${key} ${printValue(first)}`];
  if (first === undefined) return [`${key} []`];
  return [key, ...test.values.map((value) => `${indentation}${indent}- ${printValue(value)}`)];
}

function printValue(value: SigmaValue): string {
  switch (value.kind) {
    case "text":
      return quotedScalar(escapeText(value.parts));
    case "verbatim":
      return quotedScalar(value.text);
    case "number":
    case "boolean":
      return String(value.value);
    case "null":
      return "null";
  }
}

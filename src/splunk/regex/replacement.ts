/**
 * What stands in for a match: `\1` is the text of a group (nothing if it took no part), `\0` the whole match, `\\` a backslash;
 * other backslashes stay. (Text functions: replace; rex command: mode=sed)
 */
export function expandReplacement(replacement: string, match: RegExpExecArray): string {
  return replacement.replace(/\\(\\|\d)/g, (_, what: string) => (what === "\\" ? "\\" : (match[Number(what)] ?? "")));
}

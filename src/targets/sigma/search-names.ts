import type { FieldTest } from "../../sigma/rule.ts";

/** What SigmaHQ calls a search by the fields that it looks at. */
const roles: ReadonlyMap<string, string> = new Map([
  ["Image", "img"],
  ["OriginalFileName", "img"],
  ["CommandLine", "cli"],
  ["ParentImage", "parent_img"],
  ["ParentCommandLine", "parent_cli"],
  ["User", "user"],
  ["ParentUser", "parent_user"],
  ["Hashes", "hash"],
  ["IntegrityLevel", "integrity"],
  ["TargetFilename", "file"],
  ["TargetObject", "registry"],
]);

/** The word for a field in the name of a search. */
export function roleOf(field: string): string {
  const plain = field.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replace(/\W+/g, "_");
  return roles.get(field) ?? plain.toLowerCase();
}

/** The word for tests of several fields: the first one's. */
export function roleOfTests(tests: readonly FieldTest[]): string {
  const [first] = tests;
  return first === undefined ? "other" : roleOf(first.field);
}

/** Names made unique by a number, `selection_cli_1`, `selection_cli_2`, where several are the same. */
export function uniqueNames(names: readonly string[]): readonly string[] {
  const used = new Map<string, number>();
  return names.map((name) => {
    if (names.filter((other) => other === name).length === 1) return name;
    const count = (used.get(name) ?? 0) + 1;
    used.set(name, count);
    return `${name}_${count}`;
  });
}

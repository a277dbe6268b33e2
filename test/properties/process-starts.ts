import fc from "fast-check";
import type { SigmaEvent } from "../../src/sigma/match.ts";
import type { Choices } from "../random-plans/choices.ts";

const texts = [
  "net use",
  "NET USER /add",
  "cmd.exe",
  "",
  "net.exe",
  "C:\\Windows\\net.exe",
  "a*b?c",
  "dotnet",
  "\\\\srv\\c$",
  "é net",
  "x-net",
  "-",
] as const;
const images = [
  "C:\\Windows\\System32\\net.exe",
  "C:\\Tools\\NET1.EXE",
  "D:\\dotnet.exe",
  "C:\\Program Files\\a b\\cmd.exe",
] as const;
const users = ["bob", "alice", "system"] as const;
/** A process start as Sysmon has it, but for the account. */
export const start = fc.record({
  Image: fc.constantFrom(...images),
  CommandLine: fc.option(fc.constantFrom(...texts), { nil: undefined }),
  ParentImage: fc.constantFrom(...images),
  ParentCommandLine: fc.option(fc.constantFrom(...texts), { nil: undefined }),
  user: fc.constantFrom(...users),
  ProcessId: fc.integer({ min: 1, max: 9 }),
  IntegrityLevel: fc.constantFrom("High", "Medium"),
});
export type Start = typeof start extends fc.Arbitrary<infer T> ? T : never;
const last = (path: string): string => path.slice(path.lastIndexOf("\\") + 1);
/** The same as Defender has it. */
export const defender = (e: Start): object => ({
  FileName: last(e.Image),
  FolderPath: e.Image,
  ProcessCommandLine: e.CommandLine,
  InitiatingProcessFileName: last(e.ParentImage),
  InitiatingProcessFolderPath: e.ParentImage,
  InitiatingProcessCommandLine: e.ParentCommandLine,
  AccountName: e.user,
  AccountDomain: "corp",
  ProcessId: e.ProcessId,
  ProcessIntegrityLevel: e.IntegrityLevel,
  ActionType: "ProcessCreated",
});
export const sysmon = ({ user, ...e }: Start): SigmaEvent => ({ ...e, User: `corp\\${user}` });

const columns = [
  "FileName",
  "FolderPath",
  "ProcessCommandLine",
  "InitiatingProcessFileName",
  "InitiatingProcessFolderPath",
  "InitiatingProcessCommandLine",
  "AccountName",
  "ProcessIntegrityLevel",
] as const;
const values = [
  ...texts,
  ...images,
  "NET.exe",
  "net",
  ".exe",
  "exe",
  "\\net.exe",
  "C:\\",
  "bob",
  "BOB",
  "High",
  "/add",
  "n",
  "*",
  "c$",
] as const;
const literal = (c: Choices): string => JSON.stringify(c.of<string>(values));
/** A condition on the columns of DeviceProcessEvents. */
export function condition(c: Choices, depth: number): string {
  const column = c.of(columns);
  const negated = c.of(["", "", "!"]);
  const test = c.of<() => string>([
    () =>
      `${column} ${negated}${c.of(["contains", "startswith", "endswith", "has", "contains_cs", "has_cs", "startswith_cs", "endswith_cs", "hasprefix", "hassuffix"])} ${literal(c)}`,
    () => `${column} ${c.of(["==", "!=", "=~", "!~"])} ${literal(c)}`,
    () => `${column} ${negated}in${c.of(["", "~"])} (${literal(c)}, ${literal(c)})`,
    () => `${column} ${c.of(["has_any", "has_all"])} (${literal(c)}, ${literal(c)})`,
    () => `${c.of(["isempty", "isnotempty"])}(${column})`,
    () => `ProcessId ${c.of(["==", "!=", ">", "<="])} ${c.below(9)}`,
    () => `tolower(${column}) ${c.of(["==", "contains", "has"])} ${literal(c)}`,
    () => `${column} matches regex ${c.of(['"net"', '@"(?i)^net\\b"', '@"\\\\[a-z]+\\.exe$"', '"^$"'])}`,
    () => `ActionType ${c.of(["==", "!="])} "ProcessCreated"`,
  ]);
  if (depth === 0) return test();
  const inner = (): string => condition(c, depth - 1);
  return c.of<() => string>([
    test,
    () => `(${inner()} and ${inner()})`,
    () => `(${inner()} or ${inner()})`,
    () => `not(${inner()})`,
  ])();
}

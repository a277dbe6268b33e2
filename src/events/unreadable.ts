import { EventError } from "./problem.ts";

const meanings: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  ENOTDIR: "no such file",
  EACCES: "no permission to read it",
  EPERM: "no permission to read it",
  EISDIR: "is a directory",
  ENAMETOOLONG: "the name is too long",
  EMFILE: "too many files are open",
};

/** What an operating system's error about reading a file means. */
export function unreadable(file: string, error: unknown): EventError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return new EventError("FILE001", file, null, meanings[code] ?? `cannot be read (${code || String(error)})`);
}

import { stat } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { defaultProject, type Project, readProject } from "../rules/project.ts";
import { exitCodes, Failure } from "./failure.ts";
import { findingsIn, writeFindings } from "./load-rule.ts";
import { readText } from "./read-text.ts";
import type { Terminal } from "./terminal.ts";

export const projectFile = "ruleport.yml";

/**
 * The project file of a folder, its paths made relative to where the command runs; the defaults where there is none.
 * @throws Failure for a file of a wrong form, after its findings are written.
 */
export async function loadProject(folder: string, terminal: Terminal): Promise<Project> {
  const path = folder === "." ? projectFile : join(folder, projectFile);
  const there = await stat(path).then(
    (file) => file.isFile(),
    () => false,
  );
  if (!there) return located(defaultProject, folder);
  const file = await readText(path);
  const { project, diagnostics } = readProject(file.text);
  writeFindings(findingsIn(file, diagnostics), terminal);
  if (project === null) throw new Failure(`${path} is no project file`, { exitCode: exitCodes.findings });
  return located(project, folder);
}

function located(project: Project, folder: string): Project {
  const at = (path: string): string => (folder === "." || isAbsolute(path) ? path : join(folder, path));
  return {
    ...project,
    rules: at(project.rules),
    out: at(project.out),
    profiles: project.profiles.map((path) => (/[\\/]|\.ya?ml$/i.test(path) ? at(path) : path)),
    schemas: project.schemas.map(at),
    macros: project.macros.map(at),
    verify: { ...project.verify, events: project.verify.events.map(at) },
  };
}

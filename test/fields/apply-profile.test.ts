import { describe, expect, it } from "vitest";
import { compileKql } from "../../src/compile.ts";
import { applyProfile } from "../../src/fields/apply-profile.ts";
import { knownProfile } from "../../src/fields/profiles.ts";
import type { Relation } from "../../src/plan/nodes.ts";
import { printExpr, printPlan } from "../../src/plan/print.ts";

function mapped(kql: string, name: string) {
  const { plan, diagnostics } = compileKql(kql);
  const profile = knownProfile(name);
  if (!plan || !profile) throw new Error(JSON.stringify(diagnostics));
  return applyProfile(plan, profile);
}

/** The predicates of a relation and of those below it, from the top. */
function predicates(relation: Relation): string[] {
  if (!("input" in relation)) return [];
  return [...(relation.kind === "filter" ? [printExpr(relation.predicate)] : []), ...predicates(relation.input)];
}

describe("columns", () => {
  it("become fields, parts of fields and constants", () => {
    const { plan, notes } = mapped(
      'DeviceProcessEvents | where FolderPath has "x" | where FileName =~ "net.exe" and AccountName == "bob" | where ActionType == "ProcessCreated"',
      "sysmon",
    );
    expect(notes).toEqual([]);
    expect(predicates(plan.body)).toEqual([
      '==("ProcessCreated", "ProcessCreated")',
      '(=~($basename(Image), "net.exe") and ==($lower($after(User, "\\\\")), "bob"))',
      'has(Image, "x")',
    ]);
  });

  it("have the query's names behind a project or summarize", () => {
    const { plan } = mapped(
      "DeviceProcessEvents | summarize n = count() by DeviceName, FileName | where FileName != ''",
      "cim",
    );
    expect(plan.body.columns.map((c) => c.name)).toEqual(["DeviceName", "FileName", "n"]);
    expect(predicates(plan.body)).toEqual(['not(==(FileName, ""))']);
  });

  it("keep what they were before a field of the same name is replaced", () => {
    const { plan } = mapped(
      'DeviceProcessEvents | extend Image = "x" | where FileName == "a" | project FileName, FolderPath, Image',
      "sysmon",
    );
    expect(predicates(plan.body)).toEqual(['==(FileName, "a")']);
    expect(printPlan(plan)).toContain("$basename(Image)");
  });

  it.each([
    "join kind=inner (DeviceProcessEvents | project DeviceName, Image = ProcessCommandLine) on DeviceName",
    'mv-apply part = split(ProcessCommandLine, " ") on (project Image = part)',
  ])("keep it too before a field is replaced by: %s", (operator) => {
    const { plan } = mapped(`DeviceProcessEvents | ${operator} | project FileName, Image`, "sysmon");
    const kept = printPlan(plan).indexOf("FileName = $basename(Image)");
    expect(kept).toBeGreaterThan(-1);
    expect(plan.body.kind === "project" && plan.body.values.map((v) => printExpr(v.value))).toEqual([
      "FileName",
      "Image",
    ]);
  });

  it("are looked up in every table of a union and join", () => {
    const { plan, notes } = mapped(
      "DeviceProcessEvents | join kind=inner (DeviceProcessEvents | project AccountName, Other = FileName) on AccountName | project Other, FolderPath",
      "sysmon",
    );
    expect(notes).toEqual([]);
    expect(plan.body.columns.map((c) => c.name)).toEqual(["Other", "FolderPath"]);
  });
});

describe("what a profile does not have", () => {
  it("is said once, where it stands, with the profiles that have it", () => {
    const kql = "DeviceProcessEvents | where ReportId > 5 | summarize count() by ReportId";
    const { notes } = mapped(kql, "cim");
    expect(notes).toEqual([
      {
        level: "unsupported",
        cause: "no-field",
        construct: "ReportId",
        message:
          "the profile cim has no field for ReportId of DeviceProcessEvents; defender, defender-eventhub and sysmon have one",
        span: { start: kql.indexOf("ReportId"), end: kql.indexOf("ReportId") + 8 },
      },
    ]);
  });

  it("does not matter where nothing reads it", () => {
    expect(
      mapped(
        "DeviceProcessEvents | summarize arg_max(Timestamp, *) by ProcessId | summarize count() by DeviceName",
        "cim",
      ).notes,
    ).toEqual([]);
    expect(mapped("DeviceProcessEvents | extend x = ReportId | summarize count() by DeviceName", "cim").notes).toEqual(
      [],
    );
    expect(mapped("DeviceProcessEvents | project-away DeviceId", "cim").notes).toEqual([]);
  });

  it("may be a whole table", () => {
    const { notes } = mapped('DeviceFileEvents | where FileName == "x"', "sysmon");
    expect(notes.map((n) => [n.cause, n.message])).toEqual([
      ["no-table", "the profile sysmon does not know the table DeviceFileEvents; defender and defender-eventhub do"],
    ]);
  });
});

it("keeps events whole where the query only rearranges them", () => {
  const { plan } = mapped(
    "DeviceProcessEvents | project-away FileName, SHA1 | project-rename Cmd = ProcessCommandLine",
    "cim",
  );
  const names = plan.body.columns.map((c) => c.name);
  expect(names).toContain("Cmd");
  expect(names).toContain("dest");
  expect(names).not.toContain("process");
  expect(names).not.toContain("process_name");
});

it("bounds what table lets grow to", () => {
  const lets = Array.from({ length: 20 }, (_, i) => `let t${i + 1} = union t${i}, t${i};`).join("\n");
  const { notes } = mapped(`let t0 = DeviceProcessEvents | where ProcessId > 1;\n${lets}\nt20 | count`, "cim");
  expect(notes.map((n) => n.cause)).toContain("too-large");
});

import { describe, expect, it } from "vitest";
import { parseProfile } from "../../src/fields/parse-profile.ts";
import { transpile } from "../../src/transpile.ts";

const good = `
name: ours
tables:
  DeviceProcessEvents:
    search: index=edr sourcetype="our:processes"
    missing: n/a
    time: _time
    fields:
      Timestamp: _time
      FileName: $basename(exe)
      AccountName: $lower($after(who, "\\\\"))
      DeviceName: host
    constants:
      ActionType: ProcessCreated
  "Device*":
    search: index=edr table="$table$"
    otherFields: "edr."
`;

describe("a profile of one's own", () => {
  it("is read and used", () => {
    const { profile, diagnostics } = parseProfile(good, "ours.yml");
    expect(diagnostics).toEqual([]);
    if (!profile) throw new Error("no profile");
    const { text } = transpile(
      'DeviceProcessEvents | where FileName =~ "net.exe" and AccountName == "bob" | project DeviceName',
      {
        to: "spl",
        profile,
      },
    );
    expect(text).toBe(
      'index="edr" sourcetype="our:processes" exe="*\\\\net.exe" who="*\\\\bob"\n| rename host as DeviceName\n| table DeviceName\n',
    );
    const files = transpile('DeviceFileEvents | where FileName =~ "x"', { to: "spl", profile });
    expect(files.text).toBe('index="edr" table="DeviceFileEvents" edr.FileName="x"\n');
  });

  it("has the file's name where it has none", () => {
    expect(parseProfile("tables: {T: {search: index=x}}", "dir/mine.yaml").profile?.name).toBe("mine");
  });
});

describe("a wrong form", () => {
  const found = (text: string): string[] => {
    const { profile, diagnostics } = parseProfile(text, "p.yml");
    expect(profile).toBeNull();
    return diagnostics.map((d) => `${d.code} ${d.line}:${d.column} ${d.message}`);
  };

  it.each([
    ["[", /^FILE004 1:2 /],
    ["- a", "FILE004 1:1 a profile must be a mapping"],
    ["name: x", "FILE004 1:1 a profile needs `tables`"],
    ["tables:\n  T:\n    search: index=x\n    feilds: {}", "FILE004 4:5 the table T has no `feilds`"],
    ["tables:\n  T:\n    fields: {}", /needs `search`, `dataModel` or `logsource`$/],
    ["tables:\n  T:\n    search: index=x | delete", /^FILE004 3:13 search terms cannot have "\| delete/],
    [
      "tables:\n  T:\n    search: index=x\n    fields:\n      A: $nope(x)",
      /^FILE004 5:10 the field of A: no transform \$nope/,
    ],
    ["tables:\n  T:\n    search: index=x\n    fields:\n      A: $after(x)", /takes a field and a text/],
    ["tables:\n  T:\n    search: index=x\n    fields:\n      A: 'x=\"1\" | delete'", /unexpected text after the field/],
    ["tables:\n  T:\n    search: [1]", "FILE004 3:13 `search` must be a text"],
    ["tables:\n  T:\n    dataModel: Endpoint", /a data model is written Model\.Dataset/],
    ["a: &x {b: 1}\ntables: *x", /FILE004 1:1 a profile has no `a`/],
  ])("%j", (text, expected) => {
    const [first] = found(text);
    if (typeof expected === "string") expect(first).toBe(expected);
    else expect(first).toMatch(expected);
  });
});

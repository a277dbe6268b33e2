import { describe, expect, it } from "vitest";
import { analyzeKql, targets, transpile } from "../../src/index.ts";

function check(query: string): { readonly columns: string; readonly found: readonly string[] } {
  const { columns, diagnostics } = analyzeKql(query);
  return {
    columns: (columns ?? []).map((c) => `${c.name}: ${c.type}`).join(", "),
    found: diagnostics.map((d) => `${d.severity} ${d.code} ${query.slice(d.start, d.end)}`),
  };
}

describe("what a workspace of its own may have is a warning, and its columns are open", () => {
  it.each([
    ["Mine_CL | where x == 1 | project x, y = tostring(z)", "x: unknown, y: string", "warning KQL110 Mine_CL"],
    ["Mine_CL | summarize arg_max(t, *) by k | project k, v", "k: unknown, v: unknown", "warning KQL110 Mine_CL"],
    ["_Im_ProcessCreate() | where User == 'x' | project User", "User: unknown", "warning KQL116 _Im_ProcessCreate"],
    ["DeviceInfo | project x = SeenBy(DeviceName)", "x: unknown", "warning KQL116 SeenBy"],
    ["let w = MyList('a'); w | project k", "k: unknown", "warning KQL116 MyList"],
    [
      "let f = (s: string) { SeenBy(s) }; DeviceInfo | project x = f(DeviceName)",
      "x: unknown",
      "warning KQL116 SeenBy",
    ],
  ])("%s", (query, columns, finding) => {
    expect(check(query)).toEqual({ columns, found: [finding] });
  });
});

describe("what is known of other places is used", () => {
  it.each([
    ["_GetWatchlist('vip') | project SearchKey, Team", "SearchKey: string, Team: unknown"],
    ["workspace('w').SecurityEvent | project EventID", "EventID: int"],
    ["cluster('c').database('d').Log | where a == 1 | project a", "a: unknown"],
    ["database('d').f(1) | project a", "a: unknown"],
    ["DeviceFileEvents | invoke FileProfile(SHA1, 500) | project GlobalPrevalence", "GlobalPrevalence: long"],
    ["externaldata(a: string, b: long)['https://x.example'] | where b > 1", "a: string, b: long"],
    ["table('DeviceInfo') | project DeviceName", "DeviceName: string"],
  ])("%s", (query, columns) => {
    expect(check(query)).toEqual({ columns, found: [] });
  });
});

it.each([
  ["DeviceInfo | project DeviceNam", "error KQL101 DeviceNam"],
  ["DeviceInfo | where tolowr(DeviceName) == 'x'", "error KQL102 tolowr"],
  ["DeviceInfo | where lowercase(DeviceName) == 'x'", "error KQL102 lowercase"],
])("a slip in what is known is an error: %s", (query, finding) => {
  expect(check(query).found).toEqual([finding]);
});

it("what was meant is said", () => {
  const hints = (query: string): (string | undefined)[] => analyzeKql(query).diagnostics.map((d) => d.hint);
  expect(hints("DeviceInfo | project devicename")).toEqual(["did you mean `DeviceName`?"]);
  expect(hints("deviceinfo | take 1")).toEqual(["did you mean `DeviceInfo`?"]);
  expect(hints("DeviceInfo | extend x = ToLower(DeviceName)")).toEqual(["did you mean `tolower`?"]);
});

it("one slip is one finding: what follows from it is not reported", () => {
  const query = "DeviceInfo | extend x = nope | where x > 2 | summarize max(x) by y = strlen(x)";
  expect(check(query).found).toEqual(["error KQL101 nope"]);
});

it("several queries in one text: the last one's columns, and nothing to port", () => {
  const query = "DeviceInfo | count; DeviceInfo | project DeviceName";
  expect(check(query)).toEqual({
    columns: "DeviceName: string",
    found: ["warning KQL114 DeviceInfo | project DeviceName"],
  });
  for (const { id } of targets) expect(transpile(query, { to: id }).fidelity).toBe("unsupported");
});

it.each([
  "_Im_ProcessCreate() | count",
  "workspace('w').SecurityEvent | count",
  "declare query_parameters (n: long); print n",
])("%s is refused by every target", (query) => {
  for (const { id } of targets) {
    const { fidelity, notes } = transpile(query, { to: id });
    expect([id, fidelity, notes.length > 0]).toEqual([id, "unsupported", true]);
  }
});

/**
 * Net Use With Explicit User From Batch Script
 *
 * Lists, for each device, the users, shares and scripts of every `net use` that names its user with `/user:`
 * and was not typed into an interactive cmd.exe. Scripts that do so often hold the password in clear text.
 *
 * Ported from KQL by ruleport.
 */

import {
  access,
  bagPack,
  dcount,
  type Dynamic,
  equalIgnoreCase,
  type Events,
  extract,
  from,
  hasAll,
  type Long,
  makeSet,
  type RowOf,
  type Schema,
  split,
  tolower,
  tostringDynamic,
  trimEnd,
} from "ruleport/runtime";

/** A row of the result. */
export interface Row {
  readonly DeviceName: string;
  readonly UserToShareToScriptInstancesCount: Long | null;
  readonly UserToShareToScriptInstances: Dynamic;
}

/** What is read of the events of DeviceProcessEvents. */
const deviceProcessEventsColumns = {
  DeviceName: "string",
  FileName: "string",
  ProcessCommandLine: "string",
  InitiatingProcessCommandLine: "string",
} satisfies Schema;
export type DeviceProcessEvents = RowOf<typeof deviceProcessEventsColumns>;

export function netUseWithExplicitUserFromBatchScript(events: Events): AsyncIterable<Row> {
  return from(events, deviceProcessEventsColumns)
    .where((row) => equalIgnoreCase(row.FileName, "net.exe"))
    .where((row) => row.InitiatingProcessCommandLine !== '"cmd.exe" ')
    .where((row) => hasAll(row.ProcessCommandLine, "use", "/user:"))
    .extend((row) => ({ LowerProcessCommandLine: tolower(row.ProcessCommandLine) }))
    .extend((row) => ({ ArgumentUser: extract(String.raw`/user:([^\s]+)`, 1, row.LowerProcessCommandLine) }))
    .extend((row) => ({ SanitizedScriptName: trimEnd(' "', row.InitiatingProcessCommandLine) }))
    .extend((row) => ({ ComputerName: extract(String.raw`(?i)\\\\[^\s]+`, 0, row.ProcessCommandLine) }))
    .extend((row) => ({ ScriptName: tostringDynamic(access(split(row.SanitizedScriptName, " "), -1)) }))
    .extend((row) => ({
      UserToShareToScript: tostringDynamic(bagPack(
        "User",
        row.ArgumentUser,
        "Destination",
        row.ComputerName,
        "Script",
        row.ScriptName,
      )),
    }))
    .summarizeBy(
      (row) => ({ DeviceName: row.DeviceName }),
      {
        UserToShareToScriptInstances: makeSet((row) => row.UserToShareToScript),
        UserToShareToScriptInstancesCount: dcount((row) => row.UserToShareToScript),
      },
    )
    .project((row) => ({
      DeviceName: row.DeviceName,
      UserToShareToScriptInstancesCount: row.UserToShareToScriptInstancesCount,
      UserToShareToScriptInstances: row.UserToShareToScriptInstances,
    }));
}

import type { Diagnostics } from "../diagnostics/diagnostic.ts";
import type {
  AlertDetails,
  Deployment,
  EntityMapping,
  Incidents,
  Schedule,
  Suppression,
  Trigger,
} from "./deployment.ts";
import { matchingMethods, triggerOperators } from "./deployment.ts";
import { parseDuration } from "./duration.ts";
import { entityTypeNamed, identifierNamed } from "./entity-types.ts";
import type { Fields } from "./fields.ts";

/** A query by itself: no schedule, nothing mapped. */
export const noDeployment: Deployment = {
  nearRealTime: false,
  trigger: { operator: "gt", threshold: 0, at: { start: 0, end: 0 } },
  entities: [],
  customDetails: [],
  connectors: [],
};

/** Reads how a rule is deployed from the fields of Sentinel's analytics rules. What has a wrong form is a FILE002. */
export function readDeployment(fields: Fields, diagnostics: Diagnostics): Deployment {
  const schedule = readSchedule(fields, diagnostics);
  const alertDetails = readAlertDetails(fields);
  const eventGrouping = readEventGrouping(fields);
  const incidents = readIncidents(fields, diagnostics);
  const suppression = readSuppression(fields, diagnostics);
  const version = fields.string("version");
  return {
    nearRealTime: /^nrt$/i.test(fields.string("kind") ?? ""),
    ...(schedule === undefined ? {} : { schedule }),
    trigger: readTrigger(fields),
    entities: fields.maps("entityMappings").map(readEntity),
    customDetails: readDetails(fields.map("customDetails")),
    ...(alertDetails === undefined ? {} : { alertDetails }),
    ...(eventGrouping === undefined ? {} : { eventGrouping }),
    ...(incidents === undefined ? {} : { incidents }),
    ...(suppression === undefined ? {} : { suppression }),
    connectors: fields.maps("requiredDataConnectors").map((connector) => ({
      id: connector.string("connectorId") ?? "",
      dataTypes: connector.strings("dataTypes") ?? [],
    })),
    ...(version === undefined ? {} : { version }),
  };
}

function duration(fields: Fields, key: string, diagnostics: Diagnostics): number | undefined {
  const text = fields.string(key);
  if (text === undefined) return undefined;
  const seconds = parseDuration(text);
  if (seconds === undefined)
    diagnostics.add(
      "FILE002",
      fields.span(key),
      `"${key}" is not a length of time`,
      "write it as 1h, 30m, 14d or PT1H",
    );
  return seconds;
}

/** Of a frequency and a period, each stands in for the other. */
function readSchedule(fields: Fields, diagnostics: Diagnostics): Schedule | undefined {
  const frequency = duration(fields, "queryFrequency", diagnostics);
  const period = duration(fields, "queryPeriod", diagnostics);
  const either = frequency ?? period;
  if (either === undefined) return undefined;
  const at = fields.span(frequency === undefined ? "queryPeriod" : "queryFrequency");
  return { frequency: frequency ?? either, period: period ?? either, at };
}

const longOperators = { gt: "GreaterThan", lt: "LessThan", eq: "Equal", ne: "NotEqual" } as const;

function readTrigger(fields: Fields): Trigger {
  const written = fields.string("triggerOperator")?.trim().toLowerCase();
  const long = triggerOperators.find((name) => longOperators[name].toLowerCase() === written);
  const operator = long ?? fields.oneOf("triggerOperator", triggerOperators) ?? "gt";
  return { operator, threshold: fields.number("triggerThreshold") ?? 0, at: fields.span("triggerThreshold") };
}

/** Names as Sentinel spells them, which minds no case; one that it does not know stays as it is. */
function readEntity(fields: Fields): EntityMapping {
  const written = fields.string("entityType") ?? "";
  const type = entityTypeNamed(written) ?? written;
  const named = (identifier: string) => identifierNamed(type, identifier) ?? identifier;
  return {
    type,
    identifiers: fields.maps("fieldMappings").map((mapping) => ({
      identifier: named(mapping.string("identifier") ?? ""),
      column: mapping.string("columnName") ?? "",
      at: mapping.span("identifier"),
    })),
    at: fields.span("entityType"),
  };
}

function readDetails(details: Fields | undefined): Deployment["customDetails"] {
  if (details === undefined) return [];
  return details.keys().flatMap((name) => {
    const column = details.string(name);
    return column === undefined ? [] : [{ name, column, at: details.span(name) }];
  });
}

function readAlertDetails(fields: Fields): AlertDetails | undefined {
  const details = fields.map("alertDetailsOverride");
  if (details === undefined) return undefined;
  const nameFormat = details.string("alertDisplayNameFormat");
  const descriptionFormat = details.string("alertDescriptionFormat");
  const tacticsColumn = details.string("alertTacticsColumnName");
  const severityColumn = details.string("alertSeverityColumnName");
  return {
    ...(nameFormat === undefined ? {} : { nameFormat }),
    ...(descriptionFormat === undefined ? {} : { descriptionFormat }),
    ...(tacticsColumn === undefined ? {} : { tacticsColumn }),
    ...(severityColumn === undefined ? {} : { severityColumn }),
    properties: details.maps("alertDynamicProperties").map((property) => ({
      property: property.string("alertProperty") ?? "",
      column: property.string("value") ?? "",
    })),
  };
}

function readEventGrouping(fields: Fields): Deployment["eventGrouping"] {
  return fields.map("eventGroupingSettings")?.oneOf("aggregationKind", ["SingleAlert", "AlertPerResult"] as const);
}

function readSuppression(fields: Fields, diagnostics: Diagnostics): Suppression | undefined {
  const seconds = duration(fields, "suppressionDuration", diagnostics);
  const enabled = fields.boolean("suppressionEnabled");
  if (seconds === undefined && enabled === undefined) return undefined;
  return { enabled: enabled ?? false, duration: seconds ?? defaultSuppression };
}

/** What Sentinel's own wizard writes where nobody chose. */
export const defaultSuppression = 5 * 3_600;

function readIncidents(fields: Fields, diagnostics: Diagnostics): Incidents | undefined {
  const incidents = fields.map("incidentConfiguration");
  if (incidents === undefined) return undefined;
  const grouping = incidents.map("groupingConfiguration");
  const create = incidents.boolean("createIncident") ?? true;
  if (grouping === undefined) return { create };
  return {
    create,
    grouping: {
      enabled: grouping.boolean("enabled") ?? false,
      reopenClosed: grouping.boolean("reopenClosedIncident") ?? false,
      lookback: duration(grouping, "lookbackDuration", diagnostics) ?? defaultSuppression,
      matching: grouping.oneOf("matchingMethod", matchingMethods) ?? "AllEntities",
      byEntities: grouping.strings("groupByEntities") ?? [],
      byAlertDetails: grouping.strings("groupByAlertDetails") ?? [],
      byCustomDetails: grouping.strings("groupByCustomDetails") ?? [],
    },
  };
}

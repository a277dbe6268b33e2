import type { ProfileSource } from "../profile-source.ts";

const tables = ["Device*", "Email*", "Alert*", "Identity*", "CloudAppEvents", "UrlClickEvents"];

/**
 * Defender's advanced hunting tables with the columns as fields: the event-hub input with the add-on for advanced hunting,
 * `properties.` taken off by a field alias or at index time, or rows that the Splunk Add-on for Microsoft Security collects.
 */
export const defender: ProfileSource = {
  name: "defender",
  description: "Defender's advanced hunting tables, every column a field of the same name",
  tables: Object.fromEntries(
    tables.map((table) => [
      table,
      {
        search: 'sourcetype="mscs:azure:eventhub:defender:advancedhunting" category="AdvancedHunting-$table$"',
        time: "_time",
        fields: { Timestamp: "_time", TimeGenerated: "_time" },
        otherFields: "",
      },
    ]),
  ),
};

/** The same events as the event hub delivers them: JSON with the columns under `properties`, a null read as the text `null`. */
export const defenderEventHub: ProfileSource = {
  name: "defender-eventhub",
  description:
    "Defender's advanced hunting tables as the event-hub input delivers them, the columns under `properties.`",
  tables: Object.fromEntries(
    Object.entries(defender.tables).map(([table, mapping]) => [
      table,
      { ...mapping, missing: "null", otherFields: "properties." },
    ]),
  ),
};

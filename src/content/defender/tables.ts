/** What a custom detection of Defender needs in its result, besides the time: after the page "Create custom detection rules". */
export interface RequiredColumns {
  readonly time: "Timestamp";
  /** All of them, in addition to the time. */
  readonly ids: readonly string[];
}

/** Tables of advanced hunting by the beginning of their names; null for a table that is not one of Defender's own. */
export function requiredColumns(table: string): RequiredColumns | null {
  if (/^Device[A-Z]\w*$/.test(table)) return { time: "Timestamp", ids: ["DeviceId", "ReportId"] };
  if (/^Alert(?:Info|Evidence)$/.test(table)) return { time: "Timestamp", ids: [] };
  if (
    /^(?:Email|Identity|CloudAppEvents|UrlClickEvents|Behavior|AAD|EntraId|Graph|OAuthApp|MessageEvents)\w*$/.test(
      table,
    )
  )
    return { time: "Timestamp", ids: ["ReportId"] };
  return null;
}

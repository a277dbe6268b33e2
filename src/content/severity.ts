export const severities = ["Informational", "Low", "Medium", "High"] as const;
export type Severity = (typeof severities)[number];

/** Sentinel's severity in whatever case; undefined for another word. */
export function severityNamed(text: string | undefined): Severity | undefined {
  return severities.find((severity) => severity.toLowerCase() === text?.trim().toLowerCase());
}

/** Scores of Splunk's risk framework, in the middle of the band that its security content takes for the same word. */
export const riskScores: Readonly<Record<Severity, number>> = { Informational: 10, Low: 30, Medium: 50, High: 70 };

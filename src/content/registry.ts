import type { ContentFormat } from "./content.ts";
import { emitDetection, isForDefender } from "./defender/detection.ts";
import { emitPage } from "./page.ts";
import { emitAnalytics, emitHunting } from "./sentinel/analytics.ts";
import { isForSentinel, isScheduled } from "./sentinel/applies.ts";
import { emitArm } from "./sentinel/arm.ts";
import { fileStem } from "./splunk/name.ts";
import { emitSecurityContent } from "./splunk/security-content.ts";

/** Every format of one rule that a platform deploys, in the order of `index.json`. The app of Splunk is of a folder. */
export const contents: readonly ContentFormat[] = [
  {
    id: "sentinel-analytics",
    title: "Sentinel analytics rule",
    needs: { target: "kql", flavour: "sentinel" },
    applies: (input) => isForSentinel(input) && isScheduled(input),
    file: () => "sentinel/analytics.yml",
    emit: emitAnalytics,
  },
  {
    id: "sentinel-arm",
    title: "Sentinel ARM template",
    needs: { target: "kql", flavour: "sentinel" },
    applies: (input) => isForSentinel(input) && isScheduled(input),
    file: () => "sentinel/arm.json",
    emit: emitArm,
  },
  {
    id: "sentinel-hunting",
    title: "Sentinel hunting query",
    needs: { target: "kql", flavour: "sentinel" },
    applies: (input) => isForSentinel(input) && !isScheduled(input),
    file: () => "sentinel/hunting.yml",
    emit: emitHunting,
  },
  {
    id: "defender-detection",
    title: "Defender custom detection",
    needs: { target: "kql", flavour: "defender" },
    applies: (input) => isForDefender(input) && isScheduled(input),
    file: () => "defender/detection.json",
    emit: emitDetection,
  },
  {
    id: "splunk-security-content",
    title: "Splunk security content",
    needs: { target: "spl" },
    applies: () => true,
    file: ({ spl, rule }) => `security_content/${fileStem(spl?.name ?? rule.name)}.yml`,
    emit: emitSecurityContent,
  },
  {
    id: "page",
    title: "Page for people",
    needs: null,
    applies: () => true,
    file: () => "rule.md",
    emit: emitPage,
  },
];

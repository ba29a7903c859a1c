import { changed } from "@/lib/checks/snippets/marked";
import { presentSelectors, type SelectorList } from "./selector-list";
import type { Situation, TrailEdit } from "./situation";

/** One `aws cloudtrail` command over several lines. Only the trail's home Region accepts changes (AWS API reference). */
export function cloudtrailCommand(name: string, region: string, options: readonly string[]): string {
  return [`aws cloudtrail ${name} \\\n  --region ${region}`, ...options].join(" \\\n  ");
}

/** The edit as commands, in the order that leaves no gap. */
export function editCommands({ trail }: Situation, edit: TrailEdit): readonly string[] {
  if (trail === null) return [];
  const { arn, homeRegion } = trail;
  return [
    ...(edit.multiRegion
      ? [
          cloudtrailCommand("update-trail", homeRegion, [
            `--name ${arn}`,
            changed("--is-multi-region-trail"),
            changed("--include-global-service-events"),
          ]),
        ]
      : []),
    ...(edit.selectors === null ? [] : [putSelectors(arn, homeRegion, edit.selectors)]),
    ...(edit.logging ? [cloudtrailCommand("start-logging", homeRegion, [changed(`--name ${arn}`)])] : []),
  ];
}

/** The commands that restore what the edit found. Empty when there was nothing to restore. */
export function rollbackCommands(situation: Situation, edit: TrailEdit): readonly string[] {
  const { trail, change } = situation;
  if (trail === null) return [];
  const { arn, homeRegion } = trail;
  const before = edit.selectors === null ? null : presentSelectors(situation.selectors);
  return [
    ...(edit.logging ? [cloudtrailCommand("stop-logging", homeRegion, [`--name ${arn}`])] : []),
    ...(before === null ? [] : [putSelectors(arn, homeRegion, before)]),
    ...(edit.multiRegion && change === "CONVERT_TRAIL"
      ? [cloudtrailCommand("update-trail", homeRegion, [`--name ${arn}`, "--no-is-multi-region-trail"])]
      : []),
  ];
}

function putSelectors(arn: string, region: string, { kind, list }: SelectorList): string {
  const option = kind === "basic" ? "--event-selectors" : "--advanced-event-selectors";
  return cloudtrailCommand("put-event-selectors", region, [
    `--trail-name ${arn}`,
    changed(`${option} ${shellQuoted(JSON.stringify(list))}`),
  ]);
}

export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

import { awsCommand, changeBlock, option, printedText } from "@/lib/checks/snippets/aws-cli";
import { jsonText } from "@/lib/checks/snippets/json";
import { changed, unmarked } from "@/lib/checks/snippets/marked";
import { presentSelectors, type SelectorList } from "./selector-list";
import type { Situation, TrailEdit } from "./situation";

/** One `aws cloudtrail` command over several lines. Only the trail's home Region accepts changes (AWS API reference). */
export function cloudtrailCommand(name: string, region: string, options: readonly string[]): string {
  return awsCommand(`cloudtrail ${name}`, [option("--region", region), ...options]);
}

/** The edit as commands, in the order that leaves no gap. */
export function editCommands({ trail }: Situation, edit: TrailEdit): readonly string[] {
  if (trail === null) return [];
  const { arn, homeRegion } = trail;
  return [
    ...(edit.multiRegion
      ? [
          cloudtrailCommand("update-trail", homeRegion, [
            option("--name", arn),
            changed("--is-multi-region-trail"),
            changed("--include-global-service-events"),
          ]),
        ]
      : []),
    ...(edit.selectors === null ? [] : [putSelectors(arn, homeRegion, edit.selectors)]),
    ...(edit.logging
      ? [cloudtrailCommand("start-logging", homeRegion, [changed(option("--name", arn))])]
      : []),
  ];
}

/** The edit as it is pasted: with what is read back of it, and its undo. */
export function editBlock(situation: Situation, edit: TrailEdit): string {
  const commands = editCommands(situation, edit);
  const undo = rollbackCommands(situation, edit).map(unmarked);
  const block = changeBlock(commands, readBack(situation, edit), undo);
  if (undo.length > 0 || commands.length === 0) return block;
  return `${block}\n\n${printedText([`There is nothing to undo: ${nothingToUndo}`])}`;
}

/** Why an edit that ran has no undo. */
export const nothingToUndo = "the setting is the one the trail already has.";

/** The commands that restore what the edit found. Empty when there was nothing to restore. */
export function rollbackCommands(situation: Situation, edit: TrailEdit): readonly string[] {
  const { trail, change } = situation;
  if (trail === null) return [];
  const { arn, homeRegion } = trail;
  const before = edit.selectors === null ? null : presentSelectors(situation.selectors);
  return [
    ...(edit.logging ? [cloudtrailCommand("stop-logging", homeRegion, [option("--name", arn)])] : []),
    ...(before === null ? [] : [putSelectors(arn, homeRegion, before)]),
    ...(edit.multiRegion && change === "CONVERT_TRAIL"
      ? [cloudtrailCommand("update-trail", homeRegion, [option("--name", arn), "--no-is-multi-region-trail"])]
      : []),
  ];
}

/** The undo as it is pasted. */
export function rollbackBlock(situation: Situation, edit: TrailEdit): string {
  return changeBlock(rollbackCommands(situation, edit), readBack(situation, edit), []);
}

/** Of a trail's own settings those named, as AWS has them now. */
export function readTrail(arn: string, region: string, members: readonly string[]): string {
  const query = `Trail.{${members.map((member) => `${member}: ${member}`).join(", ")}}`;
  return cloudtrailCommand("get-trail", region, [option("--name", arn), option("--query", query)]);
}

/** Whether the trail logs now. */
export function readLogging(trail: string, region: string): string {
  const options = [option("--name", trail), option("--query", "{IsLogging: IsLogging}")];
  return cloudtrailCommand("get-trail-status", region, options);
}

function readBack({ trail }: Situation, edit: TrailEdit): readonly string[] {
  if (trail === null) return [];
  const { arn, homeRegion } = trail;
  return [
    ...(edit.multiRegion
      ? [readTrail(arn, homeRegion, ["IsMultiRegionTrail", "IncludeGlobalServiceEvents"])]
      : []),
    ...(edit.selectors === null
      ? []
      : [cloudtrailCommand("get-event-selectors", homeRegion, [option("--trail-name", arn)])]),
    ...(edit.logging ? [readLogging(arn, homeRegion)] : []),
  ];
}

function putSelectors(arn: string, region: string, { kind, list }: SelectorList): string {
  const name = kind === "basic" ? "--event-selectors" : "--advanced-event-selectors";
  return cloudtrailCommand("put-event-selectors", region, [
    option("--trail-name", arn),
    changed(option(name, jsonText(list))),
  ]);
}

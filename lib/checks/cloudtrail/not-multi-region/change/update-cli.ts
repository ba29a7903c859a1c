import { awsCommand, changeBlock, option, printedText } from "@/lib/checks/snippets/aws-cli";
import { jsonText } from "@/lib/checks/snippets/json";
import { changed, unmarked } from "@/lib/checks/snippets/marked";
import type { ChangeInput, TrailUpdate } from "./change-input";
import { presentSelectors, type SelectorList } from "./selector-list";

/** One `aws cloudtrail` command over several lines. Only the trail's home Region accepts changes (AWS API reference). */
export function cloudtrailCommand(name: string, region: string, options: readonly string[]): string {
  return awsCommand(`cloudtrail ${name}`, [option("--region", region), ...options]);
}

/** The update as commands, in the order that leaves no gap. */
export function updateCommands({ trail }: ChangeInput, update: TrailUpdate): readonly string[] {
  if (trail === null) return [];
  const { arn, homeRegion } = trail;
  return [
    ...(update.multiRegion
      ? [
          cloudtrailCommand("update-trail", homeRegion, [
            option("--name", arn),
            changed("--is-multi-region-trail"),
            changed("--include-global-service-events"),
          ]),
        ]
      : []),
    ...(update.selectors === null ? [] : [putSelectors(arn, homeRegion, update.selectors)]),
    ...(update.logging
      ? [cloudtrailCommand("start-logging", homeRegion, [changed(option("--name", arn))])]
      : []),
  ];
}

/** The update as it is pasted: with what is read back of it, and its undo. */
export function updateBlock(input: ChangeInput, update: TrailUpdate): string {
  const commands = updateCommands(input, update);
  const undo = undoCommands(input, update).map(unmarked);
  const block = changeBlock(commands, readBack(input, update), undo);
  if (undo.length > 0 || commands.length === 0) return block;
  return `${block}\n\n${printedText([`There is nothing to undo: ${nothingToUndo}`])}`;
}

/** Why an update that ran has no undo. */
export const nothingToUndo = "the setting is the one the trail already has.";

/** The commands that restore what the update found. Empty when there was nothing to restore. */
export function undoCommands(input: ChangeInput, update: TrailUpdate): readonly string[] {
  const { trail, directAction } = input;
  if (trail === null) return [];
  const { arn, homeRegion } = trail;
  const before = update.selectors === null ? null : presentSelectors(input.selectors);
  return [
    ...(update.logging ? [cloudtrailCommand("stop-logging", homeRegion, [option("--name", arn)])] : []),
    ...(before === null ? [] : [putSelectors(arn, homeRegion, before)]),
    ...(update.multiRegion && directAction === "CONVERT_TRAIL"
      ? [cloudtrailCommand("update-trail", homeRegion, [option("--name", arn), "--no-is-multi-region-trail"])]
      : []),
  ];
}

/** The undo as it is pasted. */
export function undoBlock(input: ChangeInput, update: TrailUpdate): string {
  return changeBlock(undoCommands(input, update), readBack(input, update), []);
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

function readBack({ trail }: ChangeInput, update: TrailUpdate): readonly string[] {
  if (trail === null) return [];
  const { arn, homeRegion } = trail;
  return [
    ...(update.multiRegion
      ? [readTrail(arn, homeRegion, ["IsMultiRegionTrail", "IncludeGlobalServiceEvents"])]
      : []),
    ...(update.selectors === null
      ? []
      : [cloudtrailCommand("get-event-selectors", homeRegion, [option("--trail-name", arn)])]),
    ...(update.logging ? [readLogging(arn, homeRegion)] : []),
  ];
}

function putSelectors(arn: string, region: string, { kind, list }: SelectorList): string {
  const name = kind === "basic" ? "--event-selectors" : "--advanced-event-selectors";
  return cloudtrailCommand("put-event-selectors", region, [
    option("--trail-name", arn),
    changed(option(name, jsonText(list))),
  ]);
}

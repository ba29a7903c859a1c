import { toParts } from "@/lib/checks/snippets/marked";
import type { Instruction } from "@/lib/checks/suggested-change";
import { deleteTrailBlock } from "./delete-trail";
import { movedTrail } from "./deliveries";
import type { Situation } from "./situation";

const widening = ["CONVERT_TRAIL", "CREATE_MULTI_REGION_TRAIL", "START_LOGGING", "REAPPLY_MULTI_REGION"];

/** What only makes sense once every Region is proven to be logged. */
export function afterwardsOf(situation: Situation): readonly Instruction[] {
  const { action, change, leftovers, trail } = situation;
  if (action === "ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL") return afterMove(situation);
  if (!widening.includes(change)) return [];
  const singles = leftovers.filter((other) => !other.isMultiRegion && other.arn !== trail?.arn);
  if (singles.length === 0) return [];
  const names = singles.map((single) => single.name).join(", ");
  const commands = singles.map((single) => ["# after verification", deleteTrailBlock(single)].join("\n"));
  return [
    {
      text: `Retire ${names}: from then on each only makes a second, billed copy of management events. Their log files stay in their buckets. First, move data events or alarms that only they have.`,
      parts: toParts(commands.join("\n\n")),
    },
  ];
}

function afterMove(situation: Situation): readonly Instruction[] {
  const moved = movedTrail(situation);
  const { trail } = situation;
  if (moved === null || trail === null) return [];
  return [
    {
      text: `If you moved the trail: delete ${trail.name} once ${moved.trailName} has delivered in every account. Its log files stay.`,
      parts: toParts(["# after verification", deleteTrailBlock(trail)].join("\n")),
    },
  ];
}

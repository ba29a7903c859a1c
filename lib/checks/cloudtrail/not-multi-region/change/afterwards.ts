import { toParts } from "@/lib/checks/snippets/marked";
import type { Instruction } from "@/lib/checks/suggested-change";
import type { ChangeInput } from "./change-input";
import { deleteTrailBlock } from "./delete-trail";
import { movedTrail } from "./deliveries";

/**
 * What only makes sense once every Region is proven to be logged. Duplicates are no part of it: the passing finding
 * names them, when it is proven which of the trails can go.
 */
export function afterwardsOf(input: ChangeInput): readonly Instruction[] {
  return input.action === "ENABLE_HOME_REGION_OR_MOVE_ORG_TRAIL" ? afterMove(input) : [];
}

function afterMove(input: ChangeInput): readonly Instruction[] {
  const moved = movedTrail(input);
  const { trail } = input;
  if (moved === null || trail === null) return [];
  return [
    {
      text: `If you moved the trail: delete ${trail.name} once ${moved.trailName} has delivered in every account. Its log files stay.`,
      parts: toParts(["# after verification", deleteTrailBlock(trail)].join("\n")),
    },
  ];
}

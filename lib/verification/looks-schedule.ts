import { env } from "@/lib/env";

/** When a verification looks, and when it stops: seconds after its own calls were made. */
export interface LooksSetting {
  readonly looks: readonly number[];
  readonly giveUp: number;
}

/**
 * The looks of a run whose own calls were made at `calledAt`, ascending. None is later than giving up, and there is one
 * at least: who gives up before the first look looks then.
 */
export function lookTimes(calledAt: Date, setting: LooksSetting = configured()): readonly Date[] {
  const inTime = setting.looks.filter((seconds) => seconds <= setting.giveUp);
  return (inTime.length === 0 ? [setting.giveUp] : inTime).map((seconds) => after(calledAt, seconds));
}

/** When a run gives up for now whose own calls were made at `calledAt`. */
export function giveUpAt(calledAt: Date, setting: LooksSetting = configured()): Date {
  return after(calledAt, setting.giveUp);
}

/** As the operator set them. */
function configured(): LooksSetting {
  return { looks: env.POSTURIO_VERIFICATION_LOOKS, giveUp: env.POSTURIO_VERIFICATION_GIVE_UP };
}

function after(time: Date, seconds: number): Date {
  return new Date(time.getTime() + seconds * 1000);
}

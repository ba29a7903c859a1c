import type { TrailView } from "@/lib/checks/cloudtrail/inventory/trail-view";
import type { Narrowing, PreferenceName } from "@/lib/checks/cloudtrail/not-multi-region/rules/choose";

/** Each preference after "that": of one trail, and of several. */
const clauses: Readonly<Record<PreferenceName, readonly [one: string, several: string]>> = {
  nearest: ["is nearest to healthy", "are nearest to healthy"],
  complete: ["logs all management events", "log all management events"],
  healthy: ["logs and delivers", "log and deliver"],
  logging: ["is logging", "are logging"],
  own: ["belongs to this account", "belong to this account"],
  organization: ["serves the whole organization", "serve the whole organization"],
  central_bucket: ["delivers to a central bucket", "deliver to a central bucket"],
  validation: ["has log file validation on", "have log file validation on"],
  key: ["encrypts its log files with a KMS key", "encrypt their log files with a KMS key"],
  primary: ["lives in the primary Region", "live in the primary Region"],
};

/**
 * Why this trail and none of the others, in one sentence; null when there was nothing to choose.
 * `We chose acme-audit because it is one of the 5 trails out of 6 that log and deliver, and the only one of those that …`
 */
export function choiceSentence(trail: TrailView, because: readonly Narrowing[]): string | null {
  const last = because.at(-1);
  if (last === undefined) return null;
  const said = because.map(({ by, from, to }, index) => {
    const [one, several] = clauses[by];
    if (to === 1 && by === "nearest") return `the nearest to healthy of ${from} trails`;
    if (to === 1) return `the only one of ${index === 0 ? `${from} trails` : "those"} that ${one}`;
    return index === 0
      ? `one of the ${to} trails out of ${from} that ${several}`
      : `one of the ${to} of those that ${several}`;
  });
  const rest = last.to === 1 ? [] : ["the first of those by home Region"];
  return `We chose ${trail.description.name} because it is ${listed([...said, ...rest])}.`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")}, and ${parts.at(-1)}`;
}

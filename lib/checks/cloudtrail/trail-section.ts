import type { Cell, TableSection } from "@/lib/checks/description";
import { count } from "@/lib/text";

/** A trail as the page shows it: what it is, how it is, and why that matters here. */
export interface TrailRow {
  readonly arn: string;
  readonly name: string;
  readonly homeRegion: string;
  readonly isMultiRegion: boolean;
  readonly isOrganization: boolean;
  /** OK, PENDING, STALE, FAILING, NEVER_DELIVERED, STOPPED, HOME_REGION_OFF or UNKNOWN. */
  readonly health: string;
  readonly healthText: string;
  /** Absent where the check does not ask for it. */
  readonly eventsText?: string;
  readonly latestDeliveryTime?: string;
  readonly logFileValidationEnabled: boolean;
  readonly isEncrypted: boolean;
  readonly bucket?: string;
  /** Beside others that log the same: it is kept, or it may go. */
  readonly standing?: "kept" | "duplicate";
  /** The one trail the remediation names. */
  readonly isSuggested: boolean;
}

const healthLabels: Readonly<Record<string, string>> = {
  OK: "Delivering",
  PENDING: "Just started",
  STALE: "Gone quiet",
  FAILING: "Delivery failing",
  NEVER_DELIVERED: "Never delivered",
  STOPPED: "Stopped",
  HOME_REGION_OFF: "Home Region not enabled",
  UNKNOWN: "Could not read",
};

export function trailHealthLabel(health: TrailRow["health"]): string {
  return healthLabels[health] ?? health;
}

const signs: Readonly<Record<string, NonNullable<Cell["sign"]>>> = {
  OK: { glyph: "logged" },
  PENDING: { glyph: "pending", tone: "wait" },
  STALE: { glyph: "delivery-failing", tone: "wait" },
  FAILING: { glyph: "delivery-failing", tone: "wait" },
  NEVER_DELIVERED: { glyph: "delivery-failing", tone: "wait" },
  STOPPED: { glyph: "not-logged", tone: "blind" },
  HOME_REGION_OFF: { glyph: "not-logged", tone: "blind" },
};

const standings = { kept: "Covers every Region on its own", duplicate: "Duplicate" } as const;

/** Every trail seen in the account, the suggested one marked. */
export function trailSection(trails: readonly TrailRow[]): TableSection {
  const hasEvents = trails.some(({ eventsText }) => eventsText !== undefined);
  return {
    kind: "table",
    id: "trails",
    title: "Trails",
    count: count(trails.length, "trail"),
    empty: "No trail was seen in this account.",
    columns: [
      { title: "Trail" },
      { title: "Home Region" },
      { title: "Covers" },
      { title: "Delivery" },
      ...(hasEvents ? [{ title: "Events" }] : []),
      { title: "Destination", isDetail: true },
    ],
    rows: trails.map((trail) => ({
      key: trail.arn,
      isSuggested: trail.isSuggested,
      cells: [
        {
          text: trail.name,
          ...(trail.standing === undefined ? {} : { note: standings[trail.standing] }),
          copy: { label: "Copy ARN", text: trail.arn },
        },
        { text: trail.homeRegion, isCode: true },
        {
          text: trail.isMultiRegion ? "All Regions" : "One Region",
          ...(trail.isOrganization ? { note: "Organization trail" } : {}),
        },
        delivery(trail),
        ...(hasEvents ? [{ text: trail.eventsText ?? "" }] : []),
        destination(trail),
      ],
    })),
  };
}

function delivery({ health, healthText, latestDeliveryTime }: TrailRow): Cell {
  return {
    // Delivery itself is shown by its time, which a page keeps up to date; every other state has its own words.
    text: health === "OK" ? trailHealthLabel(health) : healthText,
    sign: signs[health] ?? { glyph: "could-not-read", tone: "quiet" },
    ...(latestDeliveryTime === undefined
      ? {}
      : { moment: { label: "Last delivery", at: latestDeliveryTime } }),
  };
}

function destination({ bucket, logFileValidationEnabled, isEncrypted }: TrailRow): Cell {
  const validation = logFileValidationEnabled ? "Log validation on" : "Log validation off";
  const note = isEncrypted ? `${validation} · KMS` : validation;
  return bucket === undefined ? { text: "Unknown", note } : { text: bucket, isCode: true, note };
}

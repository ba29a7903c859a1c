"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { CoverageMap } from "@/components/coverage/coverage-map";
import { Glyph } from "@/components/coverage/glyph";
import { countByDetail, lookOf } from "@/components/coverage/outcome";
import { cx } from "@/components/ui/cx";
import { count } from "@/lib/text";
import { type RegionDetail, type Seen, useVisit } from "./visit";

type Detail = RegionDetail[1];

/** Amber first: what is set up and does not work is repaired in another way. */
const blindOrder: readonly Detail[] = ["delivery_failing", "partly_logged", "not_logged"];

/** `12 blind Regions`, as the list beside it has them. */
export function BlindCount() {
  const blind = blindOf(useVisit().now.regions).length;
  return blind === 0 ? "No blind Region" : count(blind, "blind Region");
}

/** In a visit that saw a scan change something, that. */
export function RegionsTitle() {
  const { before, now } = useVisit();
  return changedBetween(before, now).size > 0 ? "What this scan changed" : "Regions";
}

/** Rows of the list; the others are one line that opens. */
const mostRows = { beside: 14, wide: 8 } as const;

/** The Regions that are not logged, or not wholly, the ones to be repaired differently first. */
function blindOf(regions: readonly RegionDetail[]): readonly RegionDetail[] {
  return blindOrder.flatMap((one) => regions.filter(([, detail]) => detail === one));
}

/**
 * Map and list of the Regions that matter: the blind ones, or in a visit whose scan changed some, those. All others are
 * folded. A client component so that names and states are sent once, and because the visit knows what changed.
 */
export function RegionsView({
  place,
  isWhole,
}: {
  readonly place: "beside" | "wide";
  readonly isWhole: boolean;
}) {
  const { before, now } = useVisit();
  const [wasOpened, setOpened] = useState(isWhole);
  const changed = changedBetween(before, now);
  const blind = blindOf(now.regions);
  const landed = now.regions.filter(([name]) => changed.has(name));
  const listed = blind.length > 0 ? blind : landed;
  const shown = listed.slice(0, mostRows[place]);
  const rest = now.regions.filter((region) => !shown.includes(region));
  return (
    <div className={place === "wide" ? "regions-wide" : undefined}>
      <div className={place === "wide" ? "pe-5 max-md:pe-0" : "py-1"}>
        <CoverageMap
          size={place === "wide" ? 20 : 32}
          markers={now.regions.map(([name, detail]) => ({
            name,
            glyph: lookOf(detail).glyph,
            hasRing: changed.has(name),
          }))}
        />
      </div>
      <div>
        {shown.length > 0 ? (
          <ul className="regions">
            {shown.map(([name, detail]) => (
              <Row key={name} name={name} detail={detail} isChanged={changed.has(name)} />
            ))}
          </ul>
        ) : null}
        <details
          className="fold-row"
          open={isWhole}
          onToggle={({ currentTarget }) => {
            if (currentTarget.open) setOpened(true);
          }}
        >
          <summary>
            <span>{summaryOf(rest, shown.at(-1)?.[1])}</span>
            <ChevronRight size={14} strokeWidth={1.7} aria-hidden="true" />
          </summary>
          {wasOpened ? (
            <ul className="regions">
              {rest.map(([name, detail]) => (
                <Row key={name} name={name} detail={detail} isChanged={changed.has(name)} />
              ))}
            </ul>
          ) : null}
        </details>
      </div>
    </div>
  );
}

function changedBetween(before: Seen | null, now: Seen): ReadonlySet<string> {
  if (before === null || before.regions.length === 0) return new Set();
  const earlier = new Map(before.regions);
  return new Set(now.regions.flatMap(([name, detail]) => (earlier.get(name) === detail ? [] : [name])));
}

function Row({
  name,
  detail,
  isChanged,
}: {
  readonly name: string;
  readonly detail: Detail;
  readonly isChanged: boolean;
}) {
  const { text, glyph, tone } = lookOf(detail);
  return (
    <li className={isChanged ? "changed" : undefined}>
      <Glyph name={glyph} />
      <code translate="no">{name}</code>
      <span
        className={cx(
          tone === "wait" && "font-semibold text-wait",
          isChanged && detail === "logged" && "font-semibold text-proven",
        )}
      >
        {isChanged ? `Now ${text.toLowerCase()}` : text}
      </span>
    </li>
  );
}

/** `3 more · 5 own trail · 17 not enabled`: more of what the list ends with. */
function summaryOf(rest: readonly RegionDetail[], last: Detail | undefined): string {
  const counts = countByDetail(rest.map(([, detail]) => ({ detail })));
  const order = (detail: Detail) => (blindOrder.includes(detail) ? 0 : 1);
  return [...counts]
    .sort((a, b) => order(a.detail) - order(b.detail))
    .map(({ detail, count: many }) =>
      detail === last ? `${many} more` : `${many} ${lookOf(detail).text.toLowerCase()}`,
    )
    .join(" · ");
}

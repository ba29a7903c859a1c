import { cx } from "@/components/ui/cx";
import type { KeyView } from "@/lib/verification/verification-view";
import { arcs, inOrderOfArrival } from "./ring";

/**
 * A key as a ring: one arc for each Region that it asks, or closed around a disc once it has turned. The words beside
 * it say the same.
 */
export function KeyRing({
  letter,
  view,
  isLooking = false,
}: {
  readonly letter: "A" | "B";
  readonly view: KeyView;
  /** AWS is being asked at this moment. */
  readonly isLooking?: boolean;
}) {
  const { state, regions } = view;
  const isTurned = state === "passed";
  const paths = isTurned ? [] : arcs(regions.length);
  return (
    <svg viewBox="0 0 72 72" width="68" height="68" aria-hidden="true" className={cx("key-ring", state)}>
      {isTurned || regions.length === 0 ? (
        <circle className="whole" cx="36" cy="36" r="30" pathLength="1" />
      ) : null}
      {isTurned ? <circle className="disc" cx="36" cy="36" r="25.5" /> : null}
      {isTurned
        ? null
        : inOrderOfArrival(regions).map(({ region, state: one }, index) => (
            <path
              key={region}
              className={cx("arc", one, one === "waiting" && isLooking && "looking")}
              d={paths[index]}
            />
          ))}
      <text x="36" y="44.5" textAnchor="middle">
        {letter}
      </text>
    </svg>
  );
}

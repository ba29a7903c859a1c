import { Fragment } from "react";
import { Link } from "@/components/ui/link";
import type { DashboardNow } from "@/lib/dashboard/dashboard-view";
import { dashboardSentence } from "./sentence";

/** The sentence of the dashboard; what names rows leads to exactly those. */
export function Headline({
  now,
  lastGap,
  root,
}: {
  readonly now: DashboardNow;
  readonly lastGap: string | null;
  readonly root: string;
}) {
  return (
    <h1 className="verdict dashboard-verdict">
      {dashboardSentence(now, lastGap).map((phrases, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sentences do not move
        <Fragment key={place}>
          {place > 0 ? " " : null}
          <span>
            {phrases.map(({ text, href, isBlind }) =>
              href === undefined ? (
                text
              ) : (
                <Link key={text} href={`${root}${href}`} className={isBlind ? "blind" : undefined}>
                  {text}
                </Link>
              ),
            )}
          </span>
        </Fragment>
      ))}
    </h1>
  );
}

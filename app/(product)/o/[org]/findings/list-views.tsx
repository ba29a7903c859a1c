import { ViewActions } from "@/components/findings/list/view-actions";
import { ViewTabs } from "@/components/findings/list/view-tabs";
import type { FindingQuery } from "@/lib/findings/list/finding-query";
import { findingQueryText } from "@/lib/findings/list/finding-url";
import type { FindingCounts } from "@/lib/findings/list-view";
import { formHints } from "@/lib/input/form-hints";
import { may } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import type { SavedView } from "@/lib/views/saved-views";
import { newView } from "@/lib/views/view-input";
import { findingTabs } from "./tabs";
import { changeView, removeView, saveView } from "./views";

/** The product's own views and those that were saved, with what the reader may do to the one that is shown. */
export function ListViews({
  ctx,
  path,
  query,
  counts,
  views,
  shown,
}: {
  readonly ctx: TenantContext;
  readonly path: string;
  readonly query: FindingQuery;
  readonly counts: FindingCounts;
  readonly views: readonly SavedView[];
  /** Id of the saved view that the address names. */
  readonly shown: string | undefined;
}) {
  const text = findingQueryText(query);
  const view = views.find(({ id }) => id === shown);
  const hrefOf = ({ id, query }: SavedView) => `${path}?${query === "" ? "" : `${query}&`}view=${id}`;
  const mayChange = view !== undefined && may(ctx, view.shared ? "view.share" : "view.save");
  return (
    <ViewTabs
      items={findingTabs(query, counts, path).map((tab) =>
        view === undefined ? tab : { ...tab, current: false },
      )}
      saved={views.map((one) => ({
        label: one === view && one.query !== text ? `${one.name} (changed)` : one.name,
        count: null,
        href: hrefOf(one),
        current: one === view,
      }))}
    >
      {may(ctx, "view.save") ? (
        <ViewActions
          path={path}
          query={text}
          view={
            mayChange
              ? {
                  id: view.id,
                  name: view.name,
                  version: view.version,
                  isChanged: view.query !== text,
                }
              : null
          }
          mayShare={may(ctx, "view.share")}
          hints={formHints(newView)}
          save={saveView.bind(null, ctx.slug)}
          change={changeView.bind(null, ctx.slug)}
          remove={removeView.bind(null, ctx.slug)}
        />
      ) : null}
    </ViewTabs>
  );
}

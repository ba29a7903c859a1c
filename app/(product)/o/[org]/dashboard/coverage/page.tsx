import type { Metadata } from "next";
import { CoverageStrip } from "@/components/dashboard/coverage-strip";
import { Breadcrumb, PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { pageTenant } from "@/lib/http/page";
import { coverageStrip } from "@/lib/snapshots/coverage-strip";
import { orUnavailable } from "../../../../or-unavailable";
import { orNotFound } from "../../or-not-found";

export const metadata: Metadata = { title: "Coverage by account" };

export default orUnavailable(CoveragePage);

/** The coverage strip of every account, page by page. */
async function CoveragePage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ readonly org: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}) {
  const { org } = await params;
  const ctx = await pageTenant(org, "organization.view");
  const { cursor: asked } = await searchParams;
  const cursor = (Array.isArray(asked) ? asked[0] : asked) || undefined;
  const strip = await orNotFound(coverageStrip(ctx, { limit: 50, cursor }));
  const root = `/o/${ctx.slug}`;
  const path = `${root}/dashboard/coverage`;
  return (
    <>
      <Breadcrumb crumbs={[{ label: "Dashboard", href: `${root}/dashboard` }, { label: "Coverage" }]} />
      <PageHeader title="Coverage of every account">
        How each account went in the last 30 days. Days are those of UTC; the last cell is today so far.
      </PageHeader>
      <div className="max-w-[660px]">
        <CoverageStrip strip={strip} root={root} total={null} />
      </div>
      <Pagination
        label="Pages of accounts"
        firstHref={cursor ? path : null}
        nextHref={strip.nextCursor ? `${path}?cursor=${strip.nextCursor}` : null}
      />
    </>
  );
}

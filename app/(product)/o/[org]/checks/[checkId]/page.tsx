import type { Metadata } from "next";
import { checkPath } from "@/components/checks/check-address";
import { Glyph } from "@/components/coverage/glyph";
import { Matrix } from "@/components/matrix/matrix";
import { matrixSentence } from "@/components/matrix/matrix-sentence";
import { LinkButton } from "@/components/ui/button";
import { Code } from "@/components/ui/code";
import { EmptyState } from "@/components/ui/empty-state";
import { Breadcrumb } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Tag } from "@/components/ui/tag";
import { Time } from "@/components/ui/time";
import { findCheck } from "@/lib/checks/registry";
import { checkMatrix } from "@/lib/findings/check-matrix";
import { pageTenant } from "@/lib/http/page";
import { orUnavailable } from "../../../../or-unavailable";
import { orNotFound } from "../../or-not-found";

type Params = Promise<{ readonly org: string; readonly checkId: string }>;

export async function generateMetadata({ params }: { readonly params: Params }): Promise<Metadata> {
  const { checkId } = await params;
  return { title: findCheck(checkId)?.title ?? "Check" };
}

export default orUnavailable(CheckPage);

async function CheckPage({
  params,
  searchParams,
}: {
  readonly params: Params;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}) {
  const { org, checkId } = await params;
  const ctx = await pageTenant(org, "organization.view");
  const { cursor: asked, regions } = await searchParams;
  const cursor = (Array.isArray(asked) ? asked[0] : asked) || undefined;
  const withAll = regions === "all";
  const matrix = await orNotFound(checkMatrix(ctx, { checkId, cursor, limit: 50 }));
  const root = `/o/${ctx.slug}`;
  const path = `${root}/checks/${checkId}`;
  const href = (query: Readonly<Record<string, string | undefined>>) => {
    const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
  };
  const all = withAll ? "all" : undefined;
  const { accounts, rows, decidedAt } = matrix;
  return (
    <>
      <div className="flex flex-wrap justify-between gap-x-6">
        <Breadcrumb
          crumbs={[{ label: "Findings", href: `${root}/findings` }, { label: <Code>{checkId}</Code> }]}
        />
        <a href={checkPath({ id: checkId })} className="link mb-4 text-small">
          Public page of this check
        </a>
      </div>
      <h1 className="verdict dashboard-verdict">
        {matrixSentence(matrix).map(({ text, isBlind }) => (
          <span key={text} className={isBlind ? "inline! blind" : "inline!"}>
            {text}
          </span>
        ))}
      </h1>
      <div className="mt-3 mb-4 flex flex-wrap items-center gap-x-3 gap-y-1 text-small text-ink-2">
        {accounts.failing > 0 ? (
          <Tag tone="blind">
            <Glyph name="not-logged" size={14} />
            {accounts.failing} failing
          </Tag>
        ) : null}
        {accounts.unknown > 0 ? (
          <Tag>
            <Glyph name="could-not-read" size={14} />
            {accounts.unknown} unknown
          </Tag>
        ) : null}
        {accounts.passing > 0 ? (
          <Tag tone="proven">
            <Glyph name="logged" size={14} />
            {accounts.passing} passing
          </Tag>
        ) : null}
        {decidedAt === null ? null : (
          <span>
            Read <Time at={decidedAt} />
          </span>
        )}
      </div>
      {rows.length === 0 ? (
        <EmptyState
          title="This check has not run yet"
          action={<LinkButton href={`${root}/scans`}>See scans</LinkButton>}
        >
          It runs with every scan. Its results appear here after the first scan of a connected account.
        </EmptyState>
      ) : (
        <Matrix
          rows={rows}
          root={root}
          withAll={withAll}
          toggleHref={href({ cursor, regions: withAll ? undefined : "all" })}
        />
      )}
      <Pagination
        label="Pages of accounts"
        firstHref={cursor ? href({ regions: all }) : null}
        nextHref={matrix.nextCursor ? href({ cursor: matrix.nextCursor, regions: all }) : null}
      />
    </>
  );
}

import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { ScanDetail } from "@/components/scans/scan-detail";
import { pageTenant } from "@/lib/http/page";
import { getScan } from "@/lib/scans/get-scan";
import { may } from "@/lib/tenancy/authorize";
import { orUnavailable } from "../../../../or-unavailable";
import { orNotFound } from "../../or-not-found";
import { cancel } from "../actions";

type Params = Promise<{ readonly org: string; readonly number: string }>;

export async function generateMetadata({ params }: { readonly params: Params }): Promise<Metadata> {
  return { title: `Scan #${(await params).number.replace(/\D/g, "").slice(0, 9)}` };
}

export default orUnavailable(ScanPage);

async function ScanPage({
  params,
  searchParams,
}: {
  readonly params: Params;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}) {
  const { org, number } = await params;
  if (!/^[1-9]\d{0,8}$/.test(number)) notFound();
  const ctx = await pageTenant(org, "organization.view");
  const scan = await orNotFound(getScan(ctx, Number(number)));
  const query = await searchParams;
  const one = (name: string) => {
    const value = query[name];
    return (Array.isArray(value) ? value[0] : value) ?? "";
  };
  const then = one("then") === "finding" ? `/o/${ctx.slug}/connect/${scan.accountId}/first` : null;
  // It ended before the page that goes on by itself was there to see it.
  if (then !== null && scan.progress.done) redirect(then);
  return (
    <ScanDetail
      scan={scan}
      root={`/o/${ctx.slug}`}
      filters={{ outcome: one("outcome"), region: one("region"), api: one("api"), all: one("all") !== "" }}
      then={then}
      cancel={may(ctx, "scan.request") ? cancel.bind(null, ctx.slug) : null}
    />
  );
}

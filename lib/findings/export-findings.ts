import { z } from "zod";
import { type CsvColumn, csvOf } from "@/lib/csv";
import { AppError } from "@/lib/errors";
import { parse } from "@/lib/input/parse";
import { audit } from "@/lib/tenancy/audit";
import { authorize } from "@/lib/tenancy/authorize";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { withTenant } from "@/lib/tenancy/with-tenant";
import { bulkLimit, exportLimit } from "./bulk-states";
import { findCause } from "./cause-states";
import { observationLabels, statusLabels } from "./lifecycle/states";
import type { FindingFilter } from "./list/conditions";
import { findingQueryText } from "./list/finding-url";
import { listFindings } from "./list-findings";
import type { ListedFinding } from "./list-view";

const columns: readonly CsvColumn<ListedFinding>[] = [
  ["finding", ({ key, id }) => key ?? id],
  ["check", ({ checkId }) => checkId],
  ["observation", ({ observation }) => observationLabels[observation]],
  ["failing_or_passing_since", ({ observationSince }) => observationSince],
  ["severity", ({ severity }) => severity],
  ["priority", ({ priority }) => priority],
  ["what", ({ short, checkTitle }) => short ?? checkTitle],
  ["cause", ({ cause }) => findCause(cause)?.title ?? cause],
  ["regions_not_covered", ({ blindRegions }) => blindRegions.join(" ")],
  ["account", ({ accountName }) => accountName],
  ["aws_account_id", ({ awsAccountId }) => awsAccountId],
  ["environment", ({ environment }) => environment],
  ["status", ({ status }) => statusLabels[status]],
  ["owner", ({ owner }) => (owner === null ? null : (owner.name ?? owner.id))],
  ["due_day", ({ dueDay }) => dueDay],
  ["comebacks", ({ comebacks }) => comebacks],
  ["last_verdict_at", ({ decidedAt }) => decidedAt],
];

const keysSchema = z.array(z.string().min(1).max(40)).min(1).max(bulkLimit).optional();

/** Rows that are read at once. */
const pageSize = 200;

/**
 * The findings that a filter lets through as CSV, in its order, read page by page while they are sent. Written to the
 * audit log before the first row goes out. Throws invalid_input when there are more than exportLimit, rather than
 * leaving out some.
 */
export async function exportFindings(
  ctx: TenantContext,
  filter: FindingFilter,
): Promise<ReadableStream<Uint8Array>> {
  authorize(ctx, "organization.view");
  const keys = parse(keysSchema, filter.keys);
  const asked = { ...filter, keys, limit: pageSize };
  const first = await listFindings(ctx, asked);
  if (first.total > exportLimit) {
    throw new AppError(
      "invalid_input",
      `${first.total} findings match, and a file holds at most ${exportLimit}. Narrow the filter, and export them in parts.`,
    );
  }
  await withTenant(ctx, (db) =>
    audit(db, ctx, "finding.exported", "findings", {
      rows: first.total,
      filter: findingQueryText(filter),
      ...(keys === undefined ? {} : { keys }),
    }),
  );
  return csvOf(columns, pages());

  async function* pages(): AsyncGenerator<readonly ListedFinding[]> {
    let page = first;
    yield page.rows;
    while (page.nextCursor !== null) {
      page = await listFindings(ctx, { ...asked, cursor: page.nextCursor });
      yield page.rows;
    }
  }
}

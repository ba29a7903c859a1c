"use server";

import { z } from "zod";
import { EarlierActivity } from "@/components/findings/activity/activity";
import { FindingPart } from "@/components/findings/finding-part";
import { getFinding } from "@/lib/findings/get-finding";
import { readTimeline } from "@/lib/findings/timeline/read-timeline";
import { timelineFilters } from "@/lib/findings/timeline-states";
import { action } from "@/lib/http/action";
import { formsOf } from "./forms-of";
import { guardrailsOf } from "./guardrails-of";

/** A part of a finding's page that is folded, rendered when someone opens it. */
export const readPart = action(
  {
    permission: "organization.view",
    input: z.strictObject({ of: z.string().max(100), part: z.string().max(200) }),
  },
  async (ctx, { of, part }) => {
    const [kind, filter, cursor] = part.split(":");
    if (kind === "activity" && filter !== undefined && timelineFilters.is(filter) && cursor !== undefined) {
      const page = await readTimeline(ctx, { key: of, filter, cursor });
      return <EarlierActivity page={page} filter={filter} scansHref={`/o/${ctx.slug}/scans`} />;
    }
    const finding = await getFinding(ctx, of);
    return (
      <FindingPart
        part={part}
        finding={finding}
        guardrails={guardrailsOf(finding)}
        forms={part.startsWith("triage:") ? await formsOf(ctx, finding) : null}
      />
    );
  },
);

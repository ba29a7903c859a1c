"use server";

import { z } from "zod";
import { FindingPart } from "@/components/findings/finding-part";
import { getFinding } from "@/lib/findings/get-finding";
import { action } from "@/lib/http/action";
import { formsOf } from "./forms-of";
import { guardrailsOf } from "./guardrails-of";

/** A part of a finding's page that is folded, rendered when someone opens it. */
export const readPart = action(
  {
    permission: "organization.view",
    input: z.strictObject({ of: z.string().max(100), part: z.string().max(100) }),
  },
  async (ctx, { of, part }) => {
    const finding = await getFinding(ctx, of);
    return (
      <FindingPart
        part={part}
        finding={finding}
        guardrails={guardrailsOf(finding)}
        root={`/o/${ctx.slug}`}
        forms={part.startsWith("triage:") ? await formsOf(ctx, finding) : null}
      />
    );
  },
);

"use server";

import { revalidatePath } from "next/cache";
import { addOwnerRule, removeOwnerRule } from "@/lib/findings/triage-settings/owner-rules";
import { saveRequiredProof, saveTriageSettings } from "@/lib/findings/triage-settings/settings";
import {
  newOwnerRule,
  ownerRuleRemoval,
  proofSettings,
  triageSettings,
} from "@/lib/findings/triage-settings/settings-input";
import { action } from "@/lib/http/action";

export const saveSettings = action(
  { permission: "triage.configure", input: triageSettings },
  async (ctx, input) => {
    try {
      await saveTriageSettings(ctx, input);
    } finally {
      // After a conflict too: saving again then replaces the others' knowingly.
      revalidatePath(`/o/${ctx.slug}/settings/triage`);
    }
  },
);

export const saveProof = action(
  { permission: "proof.configure", input: proofSettings },
  async (ctx, input) => {
    try {
      await saveRequiredProof(ctx, input);
    } finally {
      revalidatePath(`/o/${ctx.slug}/settings/triage`);
    }
  },
);

export const addRule = action({ permission: "triage.configure", input: newOwnerRule }, async (ctx, input) => {
  await addOwnerRule(ctx, input);
  revalidatePath(`/o/${ctx.slug}/settings/triage`);
});

export const removeRule = action(
  { permission: "triage.configure", input: ownerRuleRemoval },
  async (ctx, input) => {
    await removeOwnerRule(ctx, input);
    revalidatePath(`/o/${ctx.slug}/settings/triage`);
  },
);

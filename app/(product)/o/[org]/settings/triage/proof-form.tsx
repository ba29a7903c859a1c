"use client";

import { ActionForm } from "@/components/ui/form/action-form";
import { SelectField } from "@/components/ui/form/field";
import { SubmitRow } from "@/components/ui/form/submit-row";
import type { TriageSettingsView } from "@/lib/findings/triage-settings-view";
import type { FormHints } from "@/lib/input/form-view";
import { proofLevelLabels, proofLevels } from "@/lib/verification/verification-states";
import { saveProof } from "./actions";

/** How sure delivery must be before a finding counts as fixed. */
export function ProofForm({
  hints,
  organization,
  settings,
}: {
  readonly hints: FormHints;
  readonly organization: string;
  readonly settings: Pick<TriageSettingsView, "version" | "requiredProof">;
}) {
  return (
    <ActionForm
      action={saveProof.bind(null, organization)}
      hints={hints}
      values={{ version: String(settings.version) }}
      className="grid max-w-[440px] gap-4"
    >
      {(done) => (
        <>
          <SelectField name="requiredProof" label="Proof of delivery" defaultValue={settings.requiredProof}>
            {proofLevels.values.map((level) => (
              <option key={level} value={level}>
                {proofLevelLabels[level]}
              </option>
            ))}
          </SelectField>
          <SubmitRow pendingText="Saving…" said={done ? "Saved." : ""}>
            Save
          </SubmitRow>
        </>
      )}
    </ActionForm>
  );
}

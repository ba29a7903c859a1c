"use client";

import { ActionForm } from "@/components/ui/form/action-form";
import { CheckboxField } from "@/components/ui/form/checkbox";
import { Field } from "@/components/ui/form/field";
import { SubmitRow } from "@/components/ui/form/submit-row";
import type { TriageSettingsView } from "@/lib/findings/triage-settings-view";
import type { FormHints } from "@/lib/input/form-view";
import { saveSettings } from "./actions";

/** How long the organization gives itself, and in whose days. */
export function SettingsForm({
  hints,
  organization,
  settings,
}: {
  readonly hints: FormHints;
  readonly organization: string;
  readonly settings: TriageSettingsView;
}) {
  const { days } = settings;
  return (
    <ActionForm
      action={saveSettings.bind(null, organization)}
      hints={hints}
      values={{ version: String(settings.version) }}
      className="grid max-w-[440px] gap-4"
    >
      {(done) => (
        <>
          <div className="grid grid-cols-2 items-start gap-4">
            <Field name="critical" label="Critical, days" defaultValue={days.CRITICAL} />
            <Field name="high" label="High, days" defaultValue={days.HIGH} />
            <Field name="medium" label="Medium, days" defaultValue={days.MEDIUM} />
            <Field name="low" label="Low, days" defaultValue={days.LOW} />
          </div>
          <CheckboxField
            name="businessDays"
            label="Count Monday to Friday only"
            defaultChecked={settings.businessDays}
          />
          <Field
            name="timeZone"
            label="Time zone"
            hint="A finding is due at the end of a day there."
            defaultValue={settings.timeZone}
          />
          <SubmitRow pendingText="Saving…" said={done ? "Saved." : ""}>
            Save
          </SubmitRow>
        </>
      )}
    </ActionForm>
  );
}

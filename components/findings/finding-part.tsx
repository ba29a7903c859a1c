import { RegionReasons } from "@/components/coverage/coverage-card";
import type { Guardrail } from "@/lib/checks/guardrail";
import type { FindingView } from "@/lib/findings/finding-view";
import { ChangeTabBody, UndoBody } from "./change-tabs";
import { ChangeMeaning } from "./fix-card";
import { GuardrailBody } from "./guardrails";
import { ReadingsTable } from "./readings-table";
import { TriageForm, type TriageFormsOf } from "./triage/triage-form";

/**
 * A part of a finding's page by the name that its fold has: see FixCard, ChangeTabs, GuardrailsSection,
 * HowWeKnow. Earlier activity is read without the rest of the finding: see read-part.tsx.
 */
export function FindingPart({
  part,
  finding,
  guardrails,
  forms,
}: {
  readonly part: string;
  readonly finding: FindingView;
  readonly guardrails: readonly Guardrail[];
  /** For the parts `triage:…` alone. */
  readonly forms: TriageFormsOf | null;
}) {
  const [kind, id] = part.split(":");
  const shown = finding.decided ?? finding.latest;
  if (kind === "readings") return <ReadingsTable readings={finding.readings} />;
  if (kind === "regions" && shown) return <RegionReasons regions={shown.evaluation.regions} />;
  const change = shown?.description.change;
  if (kind === "meaning" && change) {
    return <ChangeMeaning change={change} isBrief={finding.back !== null} />;
  }
  const tab = change?.tabs?.find((one) => one.id === id);
  if (kind === "way" && tab) return <ChangeTabBody tab={tab} undo="folded" />;
  if (kind === "undo" && tab) return <UndoBody tab={tab} />;
  if (kind === "triage" && forms) return <TriageForm form={id ?? ""} finding={finding} forms={forms} />;
  const guardrail = kind === "guardrail" ? guardrails.find((one) => one.id === id) : undefined;
  if (guardrail) return <GuardrailBody guardrail={guardrail} />;
  return <p className="px-4 py-3 text-ink-2">The finding has changed. Load the page again.</p>;
}

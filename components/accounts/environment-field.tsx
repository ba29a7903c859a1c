import { SelectField } from "@/components/ui/form/field";
import { type Environment, environmentLabels, environments } from "@/lib/accounts/account-states";

/** What an account is for. Without a value nothing is chosen beforehand: severity follows from it, so it is no guess. */
export function EnvironmentField({ defaultValue }: { readonly defaultValue: Environment | null }) {
  return (
    <SelectField name="environment" label="Environment" defaultValue={defaultValue ?? ""}>
      {defaultValue === null ? <option value="">Choose…</option> : null}
      {environments.values.map((value) => (
        <option key={value} value={value}>
          {environmentLabels[value]}
        </option>
      ))}
    </SelectField>
  );
}

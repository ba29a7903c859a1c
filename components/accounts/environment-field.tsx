import { SelectField } from "@/components/ui/form/field";
import { type Environment, environmentLabels, environments } from "@/lib/accounts/account-states";

/** What an account is for. */
export function EnvironmentField({ defaultValue }: { readonly defaultValue: Environment }) {
  return (
    <SelectField name="environment" label="Environment" defaultValue={defaultValue}>
      {environments.values.map((value) => (
        <option key={value} value={value}>
          {environmentLabels[value]}
        </option>
      ))}
    </SelectField>
  );
}

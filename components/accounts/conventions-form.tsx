"use client";

import { Button } from "@/components/ui/button";
import { Code } from "@/components/ui/code";
import { Field } from "@/components/ui/form/field";
import { FormContext } from "@/components/ui/form/form-context";
import type { ConnectView } from "@/lib/accounts/account-view";
import type { FormFailure } from "@/lib/input/form-view";

/**
 * What the rules of an organization ask of the role: filled into all templates. It sends nothing: the address of the
 * page holds the values, so that a colleague who opens it sees the same.
 */
export function ConventionsForm({
  wishes: { values, problems },
  roleName,
  rolePath,
  rolePatterns,
  policyExample,
}: Pick<ConnectView, "wishes" | "roleName" | "rolePath" | "rolePatterns"> & {
  readonly policyExample: string;
}) {
  const field = (name: keyof typeof values) => ({
    name,
    defaultValue: values[name] ?? "",
    autoComplete: "off",
    spellCheck: false,
    mono: true,
  });
  const isWrong = Object.keys(problems).length > 0;
  const failure: FormFailure = {
    ok: false,
    code: "invalid_input",
    message: "",
    fields: problems as Readonly<Record<string, string>>,
    values: {},
    requestId: "",
  };
  return (
    <details open={isWrong || Object.values(values).some(Boolean)} className="border-y border-line">
      <summary className="py-[10px] font-medium hover:text-brand">
        Your own name, path, boundary, tags or log bucket
      </summary>
      <form method="get" noValidate className="stack gap-3 pb-4">
        <p className="max-w-[68ch] text-small text-ink-2">
          Posturio may assume roles that match{" "}
          {rolePatterns.map((pattern, index) => (
            <span key={pattern}>
              {index > 0 ? " or " : ""}
              <Code>{pattern}</Code>
            </span>
          ))}
          . Leave empty what your organization does not ask for. The address of this page keeps what you fill
          in.
        </p>
        <FormContext value={{ failure: isWrong ? failure : null, hints: {}, idPrefix: "" }}>
          <div className="grid gap-3 md:grid-cols-2">
            <Field {...field("roleName")} label="Role name" placeholder={roleName} />
            <Field {...field("rolePath")} label="Role path" placeholder={rolePath} />
          </div>
          <Field
            {...field("permissionsBoundaryArn")}
            label="Permissions boundary"
            placeholder={policyExample}
          />
          <Field {...field("tags")} label="Tags of the role" placeholder="CostCenter=1234, Owner=security" />
          <Field
            {...field("logBucket")}
            label="Log bucket it may read"
            placeholder="acme-cloudtrail-logs"
            hint="Only to prove a fix by the log files themselves. Scans never need it."
          />
        </FormContext>
        <div>
          <Button type="submit">Fill in the templates</Button>
        </div>
      </form>
    </details>
  );
}

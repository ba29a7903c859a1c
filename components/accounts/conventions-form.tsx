import { Button } from "@/components/ui/button";
import { Code } from "@/components/ui/code";
import { Field } from "@/components/ui/field";
import type { ConnectView } from "@/lib/accounts/account-view";

/**
 * What the rules of an organization ask of the role: filled into all templates. It sends nothing: the address of the
 * page holds the values, so that a colleague who opens it sees the same.
 */
export function ConventionsForm({ view }: { readonly view: ConnectView }) {
  const { values, problems } = view.wishes;
  const field = (name: keyof typeof values) => ({
    name,
    defaultValue: values[name] ?? "",
    error: problems[name],
    autoComplete: "off",
    spellCheck: false,
    mono: true,
  });
  const isUsed = Object.keys(problems).length > 0 || Object.values(values).some(Boolean);
  return (
    <details open={isUsed} className="border-y border-line">
      <summary className="py-[10px] font-medium hover:text-brand">
        Your own name, path, boundary or tags
      </summary>
      <form method="get" noValidate className="stack gap-3 pb-4">
        <p className="max-w-[68ch] text-small text-ink-2">
          Posturio may assume roles that match{" "}
          {view.rolePatterns.map((pattern, index) => (
            <span key={pattern}>
              {index > 0 ? " or " : ""}
              <Code>{pattern}</Code>
            </span>
          ))}
          . Leave empty what your organization does not ask for. The address of this page keeps what you fill
          in.
        </p>
        <div className="grid gap-3 md:grid-cols-2">
          <Field {...field("roleName")} label="Role name" placeholder={view.roleName} />
          <Field {...field("rolePath")} label="Role path" placeholder={view.rolePath} />
        </div>
        <Field
          {...field("permissionsBoundaryArn")}
          label="Permissions boundary"
          placeholder={`arn:${view.account.partition}:iam::${view.account.awsAccountId}:policy/…`}
        />
        <Field {...field("tags")} label="Tags of the role" placeholder="CostCenter=1234, Owner=security" />
        <div>
          <Button type="submit">Fill in the templates</Button>
        </div>
      </form>
    </details>
  );
}

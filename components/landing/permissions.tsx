import { CodeBlock } from "@/components/ui/code-block";

export interface RequestedPermission {
  readonly action: string;
  readonly why: string;
}

/** Every action we ask for, with its reason, and the policy itself. */
export function Permissions({ permissions }: { readonly permissions: readonly RequestedPermission[] }) {
  const policy = {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "PosturioReadsConfiguration",
        Effect: "Allow",
        Action: permissions.map(({ action }) => action),
        Resource: "*",
      },
    ],
  };
  return (
    <section aria-labelledby="permissions" className="mt-16 border-t border-line pt-8 md:mt-24">
      <h2 id="permissions" className="verdict text-title md:text-verdict">
        Everything we ask for
      </h2>
      <p className="mt-3 max-w-[64ch] text-lead text-ink-2">
        {permissions.length} read-only actions, in a role you create from a template you can read first. The
        role works only with your external ID; we test that before we save it. It cannot change anything or
        read logs.
      </p>
      <div className="mt-6 grid gap-x-12 gap-y-6 lg:grid-cols-2">
        <dl className="border-t border-line">
          {permissions.map(({ action, why }) => (
            <div key={action} className="border-b border-line py-[10px]">
              <dt className="font-mono text-code font-medium [overflow-wrap:anywhere]">{action}</dt>
              <dd className="mt-[2px] text-ink-2">{why}</dd>
            </div>
          ))}
        </dl>
        <div className="min-w-0">
          <CodeBlock label="IAM policy of the role" parts={[{ text: JSON.stringify(policy, null, 2) }]} />
          <p className="mt-3 max-w-[60ch] text-small leading-5 text-ink-3">
            The resource is <code>*</code> because most of these actions accept nothing narrower, and because
            an organization trail belongs to the management account.
          </p>
        </div>
      </div>
    </section>
  );
}

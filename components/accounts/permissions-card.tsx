import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import type { PermissionLine } from "@/lib/accounts/account-view";

/** The exact actions of the role, each with the reason. Nothing else is asked for. */
export function PermissionsCard({ permissions }: { readonly permissions: readonly PermissionLine[] }) {
  return (
    <Card
      id="permissions"
      title="Exactly these permissions"
      aside={`${permissions.length} read-only actions`}
      flush
    >
      <ul>
        {permissions.map((line) => (
          <li key={line.action} className="border-b border-line px-4 py-2 last:border-b-0">
            <Code className="font-medium">{line.action}</Code>
            <p className="text-small text-ink-2">{line.why}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

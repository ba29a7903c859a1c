"use client";

import { usePathname } from "next/navigation";
import { Link } from "@/components/ui/link";

/** The pages of the settings. */
export function SettingsNav({
  organization,
  withTokens,
}: {
  readonly organization: string;
  readonly withTokens: boolean;
}) {
  const pathname = usePathname();
  const items = [
    { name: "organization", label: "Organization" },
    { name: "members", label: "Members" },
    { name: "triage", label: "Triage" },
    ...(withTokens ? [{ name: "tokens", label: "API tokens" }] : []),
  ];
  return (
    <nav aria-label="Settings" className="mb-6 overflow-x-auto border-b border-line">
      <ul className="flex gap-1">
        {items.map(({ name, label }) => {
          const href = `/o/${organization}/settings/${name}`;
          const isCurrent = pathname === href;
          return (
            <li key={name}>
              <Link
                href={href}
                aria-current={isCurrent ? "page" : undefined}
                className={`inline-flex min-h-11 items-center border-b-2 px-3 whitespace-nowrap no-underline ${
                  isCurrent
                    ? "border-brand font-semibold text-ink"
                    : "border-transparent text-ink-2 hover:text-ink"
                }`}
              >
                {label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

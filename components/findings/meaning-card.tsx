import { checkPath } from "@/components/checks/check-address";
import { Card } from "@/components/ui/card";
import type { CheckDefinition } from "@/lib/checks/check";

/** What the check is about in a paragraph; the rest is the same for every finding and is on the check's own page. */
export function MeaningCard({ check }: { readonly check: CheckDefinition }) {
  const path = checkPath(check);
  const links = [
    { href: `${path}#risk`, text: "The risk" },
    { href: `${path}#questions`, text: "Frequently asked questions" },
    { href: `${path}#frameworks`, text: "What it supports and why" },
    { href: path, text: "All about this check" },
  ];
  return (
    <Card id="meaning" title="What this means" aside={`Check version ${check.version}`}>
      <p className="max-w-[68ch]">{check.content.understanding[0]}</p>
      <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1">
        {links.map(({ href, text }) => (
          <li key={text}>
            <a href={href} className="link">
              {text}
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}

import { Severity } from "@/components/findings/severity";
import { Code } from "@/components/ui/code";
import type { CheckDefinition } from "@/lib/checks/check";
import { canBeTried, checkPath, tryPath } from "./check-address";
import { DateOf } from "./check-tables";

/** The library: one row per check. */
export function CheckList({ checks }: { readonly checks: readonly CheckDefinition[] }) {
  return (
    <ul className="mt-8 border-t border-line">
      {checks.map((check) => (
        <li key={check.id} className="border-b border-line py-6">
          <h2 className="verdict text-title">
            <a href={checkPath(check)} className="text-ink no-underline hover:text-brand hover:underline">
              {check.title}
            </a>
          </h2>
          <p className="mt-2 max-w-[64ch] text-lead text-ink-2">{check.summary}</p>
          <p className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-small text-ink-3">
            <Code>{check.id}</Code>
            <span>{check.category}</span>
            <Severity value={check.baseSeverity} />
            <span>
              Supports {[...new Set(check.frameworks.map(({ framework }) => framework))].join(", ")}
            </span>
            {check.page ? (
              <span>
                Reviewed <DateOf date={check.page.reviewed} />
              </span>
            ) : null}
          </p>
          <p className="mt-3 flex flex-wrap gap-x-5">
            <a href={checkPath(check)} className="link">
              Read about it
            </a>
            {canBeTried(check) ? (
              <a href={tryPath(check)} className="link">
                Try it on an account, without signing up
              </a>
            ) : null}
          </p>
        </li>
      ))}
    </ul>
  );
}

import { Link } from "@/components/ui/link";
import type { BulkResult } from "@/lib/findings/bulk-states";
import { skippedGroups } from "./bulk-words";

/** What is left as it is, and why: counted, and by name where somebody wants to know. */
export function Skipped({
  skipped,
  path,
}: {
  readonly skipped: BulkResult["skipped"];
  /** Of the list. */
  readonly path: string;
}) {
  if (skipped.length === 0) return null;
  const groups = skippedGroups(skipped);
  return (
    <details className="skipped text-small text-ink-2">
      <summary>
        {skipped.length} skipped: {groups.map(({ text }) => text).join("; ")}
      </summary>
      <ul className="mt-2 grid max-h-[200px] gap-2 overflow-y-auto">
        {groups.map(({ reason, text, keys }) => (
          <li key={reason}>
            {text}: <Named keys={keys} path={path} />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Findings by their keys, each a link. */
export function Named({ keys, path }: { readonly keys: readonly string[]; readonly path: string }) {
  return keys.map((key, at) => (
    <span key={key}>
      {at > 0 ? ", " : ""}
      <Link href={`${path}/${key}`} translate="no">
        {key}
      </Link>
    </span>
  ));
}

import type { ReactNode } from "react";
import { Code } from "@/components/ui/code";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";

/**
 * The latest scan could not judge. Nothing was opened, closed or muted: the verdict below is the last one that stood,
 * with its age, and this names what is missing.
 */
export function NotEvaluatedNotice({
  sentence,
  missingPermissions,
  decidedAt,
  latestAt,
  scanHref,
  scanNumber,
  accountHref,
}: {
  readonly sentence: string;
  readonly missingPermissions: readonly string[];
  /** When the current verdict was reached; null when there never was one. */
  readonly decidedAt: string | null;
  readonly latestAt: string;
  readonly scanHref: string;
  readonly scanNumber: number;
  readonly accountHref: string;
}) {
  return (
    <Notice
      tone="wait"
      title={
        <>
          The last scan could not evaluate this account: <Time at={latestAt} />, scan{" "}
          <a href={scanHref} className="underline underline-offset-2">
            #{scanNumber}
          </a>
        </>
      }
    >
      <p>{sentence}</p>
      {missingPermissions.length > 0 ? (
        <p className="mt-1">
          Missing: <List items={missingPermissions.map((action) => <Code key={action}>{action}</Code>)} />.{" "}
          <a href={accountHref} className="underline underline-offset-2">
            Check the role of this account
          </a>
          .
        </p>
      ) : null}
      <p className="mt-1">
        {decidedAt === null ? (
          "No earlier scan reached a verdict, so this account is neither passing nor failing."
        ) : (
          <>
            Below is the last verdict we could reach, from <Time at={decidedAt} style="absolute" /> (
            <Time at={decidedAt} />
            ). No scan since has confirmed or changed it.
          </>
        )}
      </p>
    </Notice>
  );
}

function List({ items }: { readonly items: readonly ReactNode[] }) {
  return items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: items never reorder
    <span key={index}>
      {index > 0 ? ", " : ""}
      {item}
    </span>
  ));
}

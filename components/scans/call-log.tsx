import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import type { CallView, ScanView } from "@/lib/scans/scan-view";
import { count } from "@/lib/text";
import { CallRows, type ShownCall } from "./call-rows";

/** Failed calls by cause: one line each, with what to do. */
export function FailuresCard({ failures }: { readonly failures: ScanView["failures"] }) {
  if (failures.length === 0) return null;
  return (
    <Card id="failures" title="What could not be read" aside={count(failures.length, "cause")} flush>
      <ul>
        {failures.map((failure) => (
          <li key={failure.text} className="border-b border-line px-4 py-3 last:border-b-0">
            <p className="font-semibold">{failure.text}</p>
            <p className="mt-[2px] max-w-[68ch] text-ink-2">{failure.whatToDo}</p>
            <p className="mt-1 text-small text-ink-3">
              {count(failure.count, "call")}
              {failure.regions.length > 0 ? (
                <>
                  {" · "}
                  <Code className="text-meta!">{failure.regions.join(", ")}</Code>
                </>
              ) : null}
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Calls on the page; all of them after one more click. */
const shownAtFirst = 100;

function shown(call: CallView): ShownCall {
  const { target, errorCode, message, requestId, sha256 } = call;
  return {
    id: call.id,
    at: call.at,
    api: call.api,
    region: call.region,
    outcome: call.outcome,
    ms: call.durationMs,
    ...(target === null ? {} : { target }),
    ...(errorCode === null ? {} : { errorCode }),
    ...(message === null ? {} : { message }),
    ...(requestId === null ? {} : { requestId }),
    ...(sha256 === null ? {} : { sha256: sha256.slice(0, 16) }),
  };
}

/** The AWS calls of the scan, in order. `filter` is the form above it. */
export function CallLog({
  calls,
  total,
  filter,
  allHref,
}: {
  readonly calls: readonly CallView[];
  readonly total: number;
  readonly filter: React.ReactNode;
  /** The same page with every call; null when this is it. */
  readonly allHref: string | null;
}) {
  const rest = allHref === null ? 0 : Math.max(0, calls.length - shownAtFirst);
  return (
    <Card
      id="calls"
      title="Call log"
      aside={calls.length === total ? count(total, "call") : `${calls.length} of ${total} calls`}
      flush
    >
      <div className="px-4 pt-3">{filter}</div>
      {calls.length === 0 ? (
        <p className="px-4 pb-4 text-ink-2">
          {total === 0 ? "No call was recorded." : "No call matches these filters."}
        </p>
      ) : (
        <div className="max-h-[640px] overflow-y-auto border-t border-line">
          <CallRows calls={(rest > 0 ? calls.slice(0, shownAtFirst) : calls).map(shown)} />
        </div>
      )}
      {rest > 0 && allHref !== null ? (
        <p className="border-t border-line px-4 py-3">
          <a href={allHref} className="link">
            Show {count(rest, "more call")}
          </a>
        </p>
      ) : null}
    </Card>
  );
}

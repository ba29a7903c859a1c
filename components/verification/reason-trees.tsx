import { Check, Minus } from "lucide-react";
import { Glyph } from "@/components/coverage/glyph";
import { ActionButton } from "@/components/ui/form/action-button";
import { Time } from "@/components/ui/time";
import { regionInfo } from "@/lib/checks/regions";
import type { FormAction } from "@/lib/input/form-view";
import type { VerificationView } from "@/lib/verification/verification-view";
import { type ReasonTree, reasonTrees, regionsText } from "./reason-tree";
import { clockText, delayOf } from "./times";

/** Why Regions could not be proven, and what can be done about each. */
export function ReasonTrees({
  verification,
  retry,
}: {
  readonly verification: VerificationView;
  /** Null for who may not have it tried again. */
  readonly retry: FormAction | null;
}) {
  const trees = reasonTrees(verification);
  return trees.length === 0 ? null : (
    <div className="trees">
      {trees.map((tree) => (
        <Tree key={tree.regions.join()} tree={tree} id={verification.id} retry={retry} />
      ))}
    </div>
  );
}

function Tree({
  tree: { regions, why, root, branches, evidence, whatToDo },
  id,
  retry,
}: {
  readonly tree: ReasonTree;
  readonly id: string;
  readonly retry: FormAction | null;
}) {
  const [first = ""] = regions;
  return (
    <article className="tree">
      <h3>
        <Glyph name="could-not-read" />
        {regions.length === 1 ? (
          <>
            <code translate="no">{first}</code>
            <span className="sub">{regionInfo(first).label}</span>
          </>
        ) : (
          regionsText(regions)
        )}
      </h3>
      <p className="why">{why}</p>
      <div>
        <p className="root">{root}</p>
        <ul>
          {branches.map(({ id: branch, label, said, state }) => (
            <li key={branch} className={state}>
              {state === "hit" ? (
                <Glyph name="delivery-failing" />
              ) : state === "out" ? (
                <Check size={14} strokeWidth={2} aria-hidden="true" className="text-proven" />
              ) : (
                <Minus size={14} strokeWidth={2} aria-hidden="true" />
              )}
              {label}
              <span>{said}</span>
            </li>
          ))}
        </ul>
      </div>
      <div>
        {evidence.length > 0 ? (
          <p className="evidence" translate="no">
            {regions.length > 1 ? <span>{first}:</span> : null}
            {evidence.map(({ text, at }) => (
              <span key={text}>
                {text}
                {at === undefined ? null : (
                  <>
                    {" "}
                    <Time at={at} style="clock" />
                  </>
                )}
              </span>
            ))}
          </p>
        ) : null}
        <p className="do">{whatToDo}</p>
      </div>
      <div className="retries">
        {retry ? (
          <ActionButton action={retry} values={{ id, regions: regions.join() }} pendingText="Retrying…">
            Retry {regionsText(regions)}
          </ActionButton>
        ) : null}
        {regions.length > 1 ? (
          <details>
            <summary>Which Regions</summary>
            <ul>
              {regions.map((region) => (
                <li key={region}>
                  <code translate="no">{region}</code>
                  {retry ? (
                    <ActionButton
                      action={retry}
                      values={{ id, regions: region }}
                      size="small"
                      pendingText="Retrying…"
                    >
                      Retry<span className="sr-only"> {region}</span>
                    </ActionButton>
                  ) : null}
                </li>
              ))}
            </ul>
          </details>
        ) : null}
      </div>
    </article>
  );
}

/** The Regions that are proven already, each with how long it took. */
export function ProvenRegions({ verification: { keyB } }: { readonly verification: VerificationView }) {
  const proven = keyB.regions.filter(({ state }) => state === "passed");
  if (proven.length === 0) return null;
  return (
    <div className="proven-regions">
      <h3>Proven ({proven.length}), time from our call to its delivery</h3>
      <ul>
        {proven.map((region) => {
          const delay = delayOf(region);
          return (
            <li key={region.region}>
              <Glyph name="logged" />
              <code translate="no">{region.region}</code>
              <span>{delay === null ? "–" : clockText(delay)}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

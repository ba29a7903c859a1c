import { Time } from "@/components/ui/time";
import type { BackView } from "@/lib/findings/finding-view";
import { count } from "@/lib/text";

/** What differs between the scan that found it passing and the one that found it failing again. */
export function BackCard({ back, scansHref }: { readonly back: BackView; readonly scansHref: string }) {
  const { differences, same, passed, failed } = back;
  const things = [...new Set(differences.flatMap(({ of }) => (of === null ? [] : [of])))];
  const settings = differences.filter(({ of }) => of !== null).length;
  return (
    <section id="back" aria-labelledby="back-title" className="panel">
      <header className="bar">
        <h2 id="back-title">What put it back</h2>
        <span>
          {settings === 0 ? null : (
            <>
              {settings} of {count(settings + same, "setting")}{" "}
              {things.length === 1 ? (
                <>
                  of <code translate="no">{things[0]}</code>{" "}
                </>
              ) : null}
              {settings === 1 ? "differs" : "differ"}
            </>
          )}
        </span>
      </header>
      <div className="px-5 py-1 max-md:px-4">
        {differences.length === 0 ? (
          <p className="py-2 text-ink-2">
            The settings of scan #{passed.scanNumber} and scan #{failed.scanNumber} cannot be compared: what
            they read is no longer kept, or they read the same.
          </p>
        ) : (
          <table className="lines diff">
            <caption className="sr-only">What differs between the last pass and the first fail</caption>
            <thead>
              <tr>
                <th scope="col">Setting</th>
                {[
                  { of: passed, word: "passing" },
                  { of: failed, word: "failing" },
                ].map(({ of, word }) => (
                  <th key={word} scope="col">
                    <a href={`${scansHref}/${of.scanNumber}`}>
                      Scan #{of.scanNumber}, {word}
                    </a>
                    <br />
                    <Time at={of.at} style="absolute" />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {differences.map(({ of, attribute, before, after }) => (
                <tr key={`${of} ${attribute}`}>
                  <td>{of !== null && things.length > 1 ? `${of}: ${attribute}` : attribute}</td>
                  <td>{before}</td>
                  <td>{after}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  );
}

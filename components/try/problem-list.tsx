import type { SavedProblem } from "@/lib/offline/saved-answers/saved-format";

/** Why a text could not be judged: place, what is wrong, what to do. */
export function ProblemList({
  problems,
  onShow,
}: {
  readonly problems: readonly SavedProblem[];
  /** Selects the line in the box. */
  readonly onShow: (line: number) => void;
}) {
  return (
    <section
      role="alert"
      aria-labelledby="problems"
      className="mt-4 rounded-control border-s-2 border-s-blind bg-blind-tint px-4 py-3"
    >
      <h2 id="problems" className="font-semibold">
        {problems.length === 1
          ? "We cannot give a verdict from this"
          : `We cannot give a verdict from this: ${problems.length} reasons`}
      </h2>
      <ol className="mt-2 grid gap-2">
        {problems.slice(0, 20).map((problem, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: every check rebuilds the list
          <li key={index} className="grid gap-x-3 sm:grid-cols-[76px_minmax(0,1fr)]">
            {problem.line === undefined ? (
              <span className="text-ink-2">File</span>
            ) : (
              <button
                type="button"
                onClick={() => onShow(problem.line ?? 1)}
                className="link justify-self-start font-medium"
              >
                Line {problem.line}
              </button>
            )}
            <span className="[overflow-wrap:anywhere]">
              {problem.text} <span className="text-ink-2">{problem.whatToDo}</span>
            </span>
          </li>
        ))}
      </ol>
      {problems.length > 20 ? <p className="mt-2 text-ink-2">And {problems.length - 20} more.</p> : null}
    </section>
  );
}

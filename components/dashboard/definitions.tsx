import type { Definition } from "@/lib/dashboard/dashboard-view";

/** How every figure is made, in a drawer: the browser's own, so that it needs no script. */
export function Definitions({ definitions }: { readonly definitions: readonly Definition[] }) {
  return (
    <>
      <button type="button" className="link" popoverTarget="definitions">
        Definitions
      </button>
      <div
        id="definitions"
        popover="auto"
        role="dialog"
        aria-labelledby="definitions-title"
        className="drawer"
      >
        <header>
          <h2 id="definitions-title">How these figures are made</h2>
          <button type="button" className="link" popoverTarget="definitions" popoverTargetAction="hide">
            Close
          </button>
        </header>
        <dl>
          {definitions.map(({ id, title, text }) => (
            <div key={id}>
              <dt>{title}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </div>
    </>
  );
}

import { commands } from "./commands";
import { Keys } from "./keys";

const short: Readonly<Record<string, string>> = {
  next: "next",
  previous: "previous",
  select: "select",
  peek: "peek",
  open: "open",
  assign: "assign",
  due: "due",
  shortcuts: "all shortcuts",
};

/** The keys of a list, at the bottom of the window where there is a keyboard. The sheet of shortcuts says them all. */
export function KeyHints({ of }: { readonly of: readonly string[] }) {
  return (
    <p className="key-hints" aria-hidden="true">
      {commands
        .filter(({ id }) => of.includes(id))
        .map(({ id, keys }) => (
          <span key={id}>
            <Keys of={keys[0] ?? ""} /> {short[id]}
          </span>
        ))}
    </p>
  );
}

import { commands, shownKeys } from "./commands";

/** The keys of a command, where it has some. */
export function KeysOf({ command }: { readonly command: string }) {
  const [keys] = commands.find(({ id }) => id === command)?.keys ?? [];
  return keys === undefined ? null : <Keys of={keys} />;
}

/** Keys as caps, one after the other. The control beside them says what they do. */
export function Keys({ of, isMac = false }: { readonly of: string; readonly isMac?: boolean }) {
  return (
    <span className="key-caps" aria-hidden="true">
      {shownKeys(of, isMac).map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same key twice in a row is a sequence
        <kbd key={at} className="key-cap">
          {one}
        </kbd>
      ))}
    </span>
  );
}

import { shownKeys } from "./commands";

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

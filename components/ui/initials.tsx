/** A person as a small circle, beside their name. */
export function Initials({ name }: { readonly name: string }) {
  const words = name.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? "")][0] ?? "",
  );
  return (
    <span aria-hidden="true" className="initials">
      {letters.join("").toUpperCase() || "?"}
    </span>
  );
}

import { Code } from "./code";

/** Prose in which identifiers stand between backticks. */
export function RichText({ children }: { readonly children: string }) {
  return children.split("`").map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts never reorder
    index % 2 === 0 ? part : <Code key={index}>{part}</Code>,
  );
}

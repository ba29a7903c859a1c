import { Code } from "./code";

/** Prose with identifiers between backticks. */
export function RichText({ children }: { readonly children: string }) {
  return children.split("`").map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts never reorder
      <Code key={index} className="text-[0.9em]! leading-[inherit]!">
        {part}
      </Code>
    ),
  );
}

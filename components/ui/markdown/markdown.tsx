import { Fragment, type ReactNode } from "react";
import { Code } from "@/components/ui/code";
import { type Piece, parseMarkdown } from "./parse";

/** A text in which something stands for something else, such as a person. */
type TextOf = (text: string) => ReactNode;

/** What a person wrote in the subset of Markdown that parse.ts names. Every text of it goes through React. */
export function Markdown({ text, textOf }: { readonly text: string; readonly textOf: TextOf }) {
  return <div className="markdown">{rendered(parseMarkdown(text), textOf)}</div>;
}

function rendered(pieces: readonly Piece[], textOf: TextOf): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: a text that was written never changes
  return pieces.map((piece, index) => <Fragment key={index}>{one(piece, textOf)}</Fragment>);
}

function one(piece: Piece, textOf: TextOf): ReactNode {
  if (typeof piece === "string") return textOf(piece);
  switch (piece.kind) {
    case "br":
      return <br />;
    case "code":
      return <Code className="text-[0.9em]! leading-[inherit]!">{piece.text}</Code>;
    case "pre":
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
        <pre tabIndex={0}>
          <code>{piece.text}</code>
        </pre>
      );
    case "a":
      return (
        <a href={piece.href} title={piece.href} className="link" rel="noreferrer noopener nofollow">
          {rendered(piece.pieces, textOf)}
        </a>
      );
    case "ol":
      return <ol start={piece.start}>{rendered(piece.pieces, textOf)}</ol>;
    default: {
      const Element = piece.kind;
      return <Element>{rendered(piece.pieces, textOf)}</Element>;
    }
  }
}

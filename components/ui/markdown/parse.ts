import MarkdownIt from "markdown-it";

/** A piece of Markdown: text, or an element with what is in it. */
export type Piece =
  | string
  | { readonly kind: "p" | "strong" | "em" | "ul" | "li"; readonly pieces: readonly Piece[] }
  | { readonly kind: "ol"; readonly start: number; readonly pieces: readonly Piece[] }
  | { readonly kind: "a"; readonly href: string; readonly pieces: readonly Piece[] }
  | { readonly kind: "code" | "pre"; readonly text: string }
  | { readonly kind: "br" };

/**
 * Paragraphs, bold, italic, code, lists and links, and nothing else: every rule that is not named here is off, so that
 * HTML, images, headings and tables are the text that somebody typed. Lists nest as deep as anybody writes them.
 */
const grammar = new MarkdownIt("zero", { html: false, linkify: true, breaks: true, maxNesting: 24 }).enable([
  "paragraph",
  "list",
  "fence",
  "emphasis",
  "backticks",
  "link",
  "autolink",
  "linkify",
  "escape",
  "newline",
]);
// Addresses with their scheme alone: “acme.io” in a sentence is a word.
grammar.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
grammar.validateLink = isWebAddress;

type Token = ReturnType<typeof grammar.parse>[number];

/** Elements in one another: more than anybody writes, and few enough for a page to be rendered. */
const deepest = 16;

/** Only what a browser opens as a page, without a name or password for it. */
function isWebAddress(text: string): boolean {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === "" && password === "";
}

/** Reads the Markdown of what a person wrote. What the subset does not know stays text. */
export function parseMarkdown(text: string): readonly Piece[] {
  return tree(grammar.parse(text, {}));
}

function tree(tokens: readonly Token[], depth = 0): readonly Piece[] {
  const root: Piece[] = [];
  const open: Piece[][] = [root];
  for (const token of tokens) {
    const here = open.at(-1) ?? root;
    const level = depth + open.length;
    if (token.nesting < 0) open.pop();
    else if (token.nesting === 0) here.push(...leaf(token, level));
    // A paragraph of a list whose lines stand close is no element, nor is what lies too deep.
    else if (token.hidden || level > deepest) open.push(here);
    else {
      const inside: Piece[] = [];
      here.push(element(token, inside));
      open.push(inside);
    }
  }
  return root;
}

const kinds: Readonly<Record<string, "p" | "strong" | "em" | "ul" | "li">> = {
  paragraph_open: "p",
  strong_open: "strong",
  em_open: "em",
  bullet_list_open: "ul",
  list_item_open: "li",
};

function element(token: Token, pieces: readonly Piece[]): Piece {
  if (token.type === "ordered_list_open")
    return { kind: "ol", start: Number(token.attrGet("start") ?? 1), pieces };
  if (token.type === "link_open") return { kind: "a", href: String(token.attrGet("href")), pieces };
  const kind = kinds[token.type];
  if (kind === undefined) throw new Error(`Markdown has an element that comments do not: ${token.type}`);
  return { kind, pieces };
}

function leaf(token: Token, level: number): readonly Piece[] {
  switch (token.type) {
    case "inline":
      return tree(token.children ?? [], level);
    case "code_inline":
      return [{ kind: "code", text: token.content }];
    case "fence":
      return [{ kind: "pre", text: token.content.replace(/\n$/, "") }];
    case "hardbreak":
    case "softbreak":
      return [{ kind: "br" }];
    case "text":
    case "text_special":
      return token.content === "" ? [] : [token.content];
    default:
      throw new Error(`Markdown has a part that comments do not: ${token.type}`);
  }
}

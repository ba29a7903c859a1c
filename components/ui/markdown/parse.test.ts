import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { Markdown } from "./markdown";
import { type Piece, parseMarkdown } from "./parse";

const html = (text: string) =>
  renderToStaticMarkup(createElement(Markdown, { text, textOf: (words: string) => words }))
    .replace(/^<div class="markdown">|<\/div>$/g, "")
    .replaceAll(/ (class|title|tabindex|rel|translate)="[^"]*"/gi, "");

function linksIn(pieces: readonly Piece[]): string[] {
  return pieces.flatMap((piece) => {
    if (typeof piece === "string" || !("pieces" in piece)) return [];
    return [...(piece.kind === "a" ? [piece.href] : []), ...linksIn(piece.pieces)];
  });
}
function depthOf(pieces: readonly Piece[]): number {
  const below = pieces.map((piece) =>
    typeof piece !== "string" && "pieces" in piece ? 1 + depthOf(piece.pieces) : 0,
  );
  return Math.max(0, ...below);
}

const links = (text: string) => linksIn(parseMarkdown(text));

describe("the subset", () => {
  test("has paragraphs, line breaks, bold, italic and code", () => {
    expect(html("Converting `acme-audit` **now**,\nthe _rest_ later.\n\nMina")).toBe(
      "<p>Converting <code>acme-audit</code> <strong>now</strong>,<br/>the <em>rest</em> later.</p><p>Mina</p>",
    );
  });

  test("has lists and blocks of code", () => {
    expect(html("- one\n- two\n  1. three\n\n```sh\naws x < y\n```")).toBe(
      '<ul><li>one</li><li>two<ol start="1"><li>three</li></ol></li></ul><pre><code>aws x &lt; y</code></pre>',
    );
    expect(html("7. seven")).toBe('<ol start="7"><li>seven</li></ol>');
  });

  test("has links, also those that are only an address", () => {
    expect(
      links("[a](https://a.example/x?y=1) <https://b.example> see https://c.example/d_e. acme.io"),
    ).toEqual(["https://a.example/x?y=1", "https://b.example", "https://c.example/d_e"]);
    expect(
      renderToStaticMarkup(
        createElement(Markdown, { text: "[a](https://a.example)", textOf: (words: string) => words }),
      ),
    ).toContain('rel="noreferrer noopener nofollow"');
  });

  test("keeps everything else as it was typed", () => {
    for (const text of [
      "# Title",
      "> quote",
      "| a | b |",
      "---",
      "![x](moon.png)",
      "&amp; &lt;",
      "a@b.example",
      "~~x~~",
    ]) {
      expect(html(text), text).toBe(
        `<p>${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")}</p>`,
      );
    }
  });
});

describe("hostile text", () => {
  test("never becomes an element of its own", () => {
    const hostile = [
      "<script>alert(1)</script>",
      "<img src=x onerror=alert(1)>",
      "**<b onclick=alert(1)>**",
      "<!-- x --><svg/onload=alert(1)>",
      "`<script>`",
      "```\n</code></pre><script>alert(1)</script>\n```",
      "![x](https://a.example/x.png)",
      '[x](https://a.example "onmouseover=alert(1)")',
      '<https://a.example/"onmouseover="alert(1)>',
      "&#60;script&#62;alert(1)&#60;/script&#62;",
    ];
    for (const text of hostile) {
      const elements = [...html(text).matchAll(/<([a-z]+)([^>]*)>/g)];
      for (const [, name, attributes] of elements) {
        expect(["p", "strong", "code", "pre", "a", "br"], text).toContain(name);
        expect(attributes, text).toMatch(/^( href="https:\/\/[^"]*")?\/?$/);
      }
    }
  });

  test("leads nowhere but to web addresses", () => {
    const hostile = [
      "[x](javascript:alert(1))",
      "[x](JaVaScRiPt:alert(1))",
      "[x](java\tscript:alert(1))",
      `[x](${[..."javascript:"].map((letter) => `&#${letter.charCodeAt(0)};`).join("")}alert(1))`,
      "[x](\u0001javascript:alert(1))",
      "[x](data:text/html,<script>)",
      "[x](vbscript:x)",
      "[x](file:///etc/passwd)",
      "[x](//evil.example)",
      "[x](/o/acme)",
      "[x](ftp://a.example)",
      "[x](mailto:a@b.example)",
      "[x](https://)",
      "<javascript:alert(1)>",
      "<mailto:a@b.example>",
      "[x][y]\n\n[y]: javascript:alert(1)",
    ];
    for (const text of hostile) expect(links(text), text).toEqual([]);
    expect(links("[x](https://user:pass@a.example)")).not.toContain("https://user:pass@a.example");
  });

  test("of the longest comment costs no more than a moment, whatever it repeats", () => {
    const repeated = [
      ...[
        "- ",
        "1. ",
        "-\t",
        "*",
        "*a ",
        "_a",
        "*a_b",
        "[",
        "[a](",
        "`",
        "``` \n",
        "<",
        "<a@",
        "![",
        "\\",
        "&",
        "\n",
      ],
      ...["**a *b ", "[a](<b", "https://a", "https://a.example/(", "a\n- ", "  - a\n", "http://[", "~", "h"],
    ];
    for (const piece of repeated) {
      const text = piece.repeat(10_000 / piece.length);
      const begun = process.cpuUsage();
      const pieces = parseMarkdown(text);
      const { user, system } = process.cpuUsage(begun);
      expect((user + system) / 1000, `ms for ${JSON.stringify(piece)}`).toBeLessThan(500);
      expect(depthOf(pieces), JSON.stringify(piece)).toBeLessThanOrEqual(16);
    }
  });
});

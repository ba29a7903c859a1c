import localFont from "next/font/local";

// `optional`: a font that is not there at the first paint is used from the next page on. Whatever else stands in for it has
// other widths, so lines would break elsewhere when it comes, under the eyes of whoever reads. Both are asked for first.

/** Verdicts, page titles and big numbers. */
const display = localFont({
  src: "../node_modules/@fontsource/newsreader/files/newsreader-latin-500-normal.woff2",
  weight: "500",
  variable: "--font-newsreader",
  display: "optional",
  adjustFontFallback: "Times New Roman",
});

/** Everything else that is prose, tables and controls. Its digits are tabular by default. */
const ui = localFont({
  src: "../node_modules/@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2",
  weight: "100 900",
  variable: "--font-hanken",
  display: "optional",
});

/** Ids, ARNs, commands, hashes. Not preloaded: nothing above the fold waits for it. */
const mono = localFont({
  src: "../node_modules/@fontsource-variable/geist-mono/files/geist-mono-latin-wght-normal.woff2",
  weight: "100 900",
  variable: "--font-geist-mono",
  display: "swap",
  preload: false,
  adjustFontFallback: false,
  fallback: ["ui-monospace", "monospace"],
});

/** Class names for the html element of a root layout. */
export const fontClasses = `${display.variable} ${ui.variable} ${mono.variable}`;

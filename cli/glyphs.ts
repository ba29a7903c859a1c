import type { Verdict } from "@/lib/checks/evaluation";
import type { GlyphName } from "@/lib/checks/labels";

/** The shapes of the coverage chart as characters: each state differs in shape, not only in color. */
const shapes: Readonly<Record<GlyphName, string>> = {
  logged: "●",
  "own-trail": "◐",
  "not-logged": "◇",
  partly: "◈",
  "delivery-failing": "▲",
  pending: "◷",
  "could-not-read": "□",
  "not-enabled": "◦",
  accepted: "⊘",
  proven: "◉",
};

const ascii: Readonly<Record<GlyphName, string>> = {
  logged: "[x]",
  "own-trail": "[o]",
  "not-logged": "[ ]",
  partly: "[~]",
  "delivery-failing": "[!]",
  pending: "[.]",
  "could-not-read": "[?]",
  "not-enabled": "[-]",
  accepted: "[a]",
  proven: "[X]",
};

export function glyphCharacter(name: GlyphName, isAscii: boolean): string {
  return (isAscii ? ascii : shapes)[name];
}

const glyphTones: Readonly<Record<GlyphName, Tone>> = {
  logged: "green",
  "own-trail": "green",
  proven: "green",
  "not-logged": "red",
  partly: "yellow",
  "delivery-failing": "yellow",
  pending: "yellow",
  "could-not-read": "dim",
  "not-enabled": "dim",
  accepted: "dim",
};

export function glyphTone(name: GlyphName): Tone {
  return glyphTones[name];
}

export const verdictTones: Readonly<Record<Verdict, Tone>> = {
  PASS: "green",
  FAIL: "red",
  NOT_EVALUATED: "yellow",
};

export type Tone = "red" | "yellow" | "green" | "dim" | "bold";

const codes: Readonly<Record<Tone, readonly [number, number]>> = {
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  dim: [2, 22],
  bold: [1, 22],
};

export type Paint = (tone: Tone, text: string) => string;

export function painter(isColored: boolean): Paint {
  return (tone, text) => {
    const [on, off] = codes[tone];
    return isColored ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  };
}

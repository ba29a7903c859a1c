import { type LoadSizes, sizesOf } from "./load-sizes";

const text = { type: "string" } as const;

/** What the command line may say of sizes, for parseArgs(). */
export const sizeOptions = {
  organizations: text,
  accounts: text,
  scheduled: text,
  findings: text,
  "large-accounts": text,
  "large-findings": text,
  "medium-findings": text,
  "with-snapshots": text,
  days: text,
  seed: text,
} as const;

const named: Readonly<Partial<Record<keyof typeof sizeOptions, keyof LoadSizes>>> = {
  "large-accounts": "largeAccounts",
  "large-findings": "largeFindings",
  "medium-findings": "mediumFindings",
  "with-snapshots": "withSnapshots",
};

/** The sizes that it said. Throws RangeError for what cannot be. */
export function sizesFrom(values: Readonly<Partial<Record<keyof typeof sizeOptions, string>>>): LoadSizes {
  const given = Object.keys(sizeOptions).flatMap((option) => {
    const name = option as keyof typeof sizeOptions;
    const value = values[name];
    if (value === undefined) return [];
    return [[named[name] ?? name, name === "seed" ? value : Number(value || "NaN")] as const];
  });
  return sizesOf(Object.fromEntries(given));
}

import type { ReceiptLine } from "./priority/receipt";

/** A receipt as it is printed. */
export interface ReceiptView {
  /** Of the formula. */
  readonly version: number;
  readonly score: number;
  /** The number of the priority. */
  readonly band: number;
  /** `text`: what the points are for, in a few words. */
  readonly lines: readonly (ReceiptLine & { readonly text: string })[];
  /** What the lines do not say. */
  readonly note: string;
}

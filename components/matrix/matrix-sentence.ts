import { findCheck } from "@/lib/checks/registry";
import type { CheckMatrix } from "@/lib/findings/check-matrix-view";
import { plural } from "@/lib/text";

const whole = new Intl.NumberFormat("en-US");

/** The state of a check over all accounts, as a heading. A check is named after the bad state: its title says what is wrong. */
export function matrixSentence({
  checkId,
  accounts: { total, failing, passing },
}: Pick<CheckMatrix, "checkId" | "accounts">): readonly { readonly text: string; readonly isBlind?: true }[] {
  const title = findCheck(checkId)?.title ?? checkId;
  const of = `${whole.format(failing)} of ${whole.format(total)}`;
  if (failing > 0) return [{ text: of, isBlind: true }, { text: ` ${plural(total, "account")}: ${title}.` }];
  if (total === 0) return [{ text: `${title}: no account is connected.` }];
  if (passing < total) {
    return [
      { text: `${title}: in no account that could be judged.` },
      { text: ` ${whole.format(total - passing)} of ${whole.format(total)} could not be.` },
    ];
  }
  return [{ text: `${title}: in none of ${whole.format(total)} ${plural(total, "account")}.` }];
}

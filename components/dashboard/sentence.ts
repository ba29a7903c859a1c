import type { DashboardNow } from "@/lib/dashboard/dashboard-view";
import { plural } from "@/lib/text";
import { listLink, openFilter } from "./list-link";
import { dayText, digits } from "./words";

/** A piece of the sentence, with the rows it is about. */
export interface Phrase {
  readonly text: string;
  /** Below the organization's root; absent: no rows of its own. */
  readonly href?: string;
  readonly isBlind?: true;
}

const mostNew = 999;

/**
 * What a security lead must know in one breath: how many accounts have blind Regions, how many of them are production,
 * and what is new. `lastGap`: the last day on which a Region was not logged.
 */
export function dashboardSentence(now: DashboardNow, lastGap: string | null): readonly (readonly Phrase[])[] {
  const { total, failing, undecided } = now.accounts;
  if (failing > 0) return [failingPhrases(now), newsPhrases(now)];
  if (undecided !== null && undecided > 0) {
    return [
      [{ text: "No account is known to have blind Regions." }],
      [
        {
          text: `${digits(undecided)} of ${digits(total)} have no current verdict.`,
          href: listLink({ checkId: now.checkId, observation: "unknown" }),
        },
      ],
    ];
  }
  return [
    [
      {
        text:
          total === 1
            ? "The account is logged in every Region."
            : `All ${digits(total)} accounts are logged in every Region.`,
        href: listLink({ checkId: now.checkId, observation: "passing" }),
      },
    ],
    [
      {
        text:
          lastGap === null
            ? "No Region was left out in the last 12 weeks."
            : `The last gap was on ${dayText(lastGap)}.`,
      },
    ],
  ];
}

function failingPhrases({ checkId, accounts: { total, failing } }: DashboardNow): Phrase[] {
  const href = listLink({ checkId, observation: "failing", ...openFilter });
  return [
    { text: `${digits(failing)} of ${digits(total)}`, href, isBlind: true },
    { text: ` ${plural(total, "account")} ${plural(failing, "has", "have")} blind Regions.` },
  ];
}

function newsPhrases({ checkId, accounts, newestFailing }: DashboardNow): Phrase[] {
  const { failingProduction, failingSinceToday } = accounts;
  const production: Phrase =
    failingProduction === 0
      ? { text: "None of them is production" }
      : {
          text: `${digits(failingProduction)} ${plural(failingProduction, "is", "are")} production`,
          href: listLink({ checkId, observation: "failing", ...openFilter, environment: "production" }),
        };
  if (newestFailing === null) return [production, { text: "." }];
  if (!newestFailing.isToday) {
    return [production, { text: `, and nothing is new since ${dayText(newestFailing.since)}.` }];
  }
  if (failingSinceToday > 1) {
    const many = failingSinceToday > mostNew ? `more than ${mostNew}` : digits(failingSinceToday);
    return [production, { text: `, and ${many} are new today.` }];
  }
  const { accountName, findingKey, isComeback } = newestFailing;
  return [
    production,
    { text: ", and " },
    {
      text: `${accountName} ${isComeback ? "came back" : "is new"} today.`,
      ...(findingKey === null ? {} : { href: `/findings/${findingKey}` }),
    },
  ];
}

import { GetAccountSummaryCommand } from "@aws-sdk/client-iam";
import { iam } from "@/lib/aws/wire/services/iam";
import type { AccountSummary } from "@/lib/checks/facts/iam";
import { primaryRegion } from "@/lib/checks/regions";
import type { Collector } from "./collector";

/** What the account says of its root user, in one call. */
export const accountSummaryCollector: Collector<"iam.account_summary"> = {
  fact: "iam.account_summary",
  collect({ account, call }) {
    return call({
      service: iam,
      api: "iam:GetAccountSummary",
      region: primaryRegion(account.partition),
      send: (client, options) => client.send(new GetAccountSummaryCommand({}), options),
      parse: ({ SummaryMap: map }) => map && accountSummary(map),
    });
  },
};

function accountSummary(map: Readonly<Partial<Record<string, number>>>): AccountSummary {
  return {
    ...member("accountMfaEnabled", map["AccountMFAEnabled"]),
    ...member("accountPasswordPresent", map["AccountPasswordPresent"]),
    ...member("accountAccessKeysPresent", map["AccountAccessKeysPresent"]),
    ...member("accountSigningCertificatesPresent", map["AccountSigningCertificatesPresent"]),
  };
}

/** What is no number was not understood, and is left out like what is not there. */
function member<K extends keyof AccountSummary>(
  key: K,
  value: number | undefined,
): { readonly [P in K]?: number } {
  return Number.isInteger(value) ? ({ [key]: value } as { [P in K]: number }) : {};
}

import type { Reading } from "./reading";

/**
 * What GetAccountSummary says of the root user, each 1 or 0. The answer is a map: a member that it does not hold is
 * absent here too, and was not read. It is never taken for 0.
 */
export interface AccountSummary {
  readonly accountMfaEnabled?: number;
  readonly accountPasswordPresent?: number;
  readonly accountAccessKeysPresent?: number;
  readonly accountSigningCertificatesPresent?: number;
}

export interface IamFacts {
  /** GetAccountSummary, once per account: IAM knows no Regions. */
  "iam.account_summary": Reading<AccountSummary>;
}

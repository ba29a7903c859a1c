import { type Operation, read } from "../operation";

/** An account as most are kept: its root user has a password and a second factor, and nothing else. */
const usual = {
  AccountMFAEnabled: 1,
  AccountPasswordPresent: 1,
  AccountAccessKeysPresent: 0,
  AccountSigningCertificatesPresent: 0,
  MFADevices: 1,
  MFADevicesInUse: 1,
  Users: 0,
  UsersQuota: 5_000,
  GlobalEndpointTokenVersion: 1,
};

/** What a world says of it replaces all of it: a world may leave members out, as no AWS answer is known to do. */
export const summaryOperations: Readonly<Record<string, Operation>> = {
  GetAccountSummary: read(({ account }) => ({
    SummaryMap: new Map(Object.entries(account.spec.accountSummary ?? usual)),
  })),
};

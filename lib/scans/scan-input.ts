import { z } from "zod";
import { accountId, accountVersion, scanInterval } from "@/lib/accounts/account-input";

const noNumber = "A scan has a whole number, counted from 1.";

/** Number of a scan, as the pages show it. */
export const scanNumber = z.int(noNumber).min(1, noNumber).max(2_147_483_647, noNumber);

/** Which account is scanned. */
export const scanRequest = z.strictObject({ accountId });

/** Which scan is cancelled. */
export const scanCancellation = z.strictObject({ number: scanNumber });

/** How often an account is scanned automatically; null: never. */
export const scheduleChange = z.strictObject({
  id: accountId,
  everyMinutes: scanInterval.nullable(),
  version: accountVersion,
});

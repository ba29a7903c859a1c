import type { FactName } from "@/lib/checks/facts/facts";
import type { SavedService } from "./saved-service";
import { accountAnswers } from "./services/account";
import { cloudTrailAnswers } from "./services/cloudtrail";
import { iamAnswers } from "./services/iam";

/** What a file of saved answers can hold, service by service. */
export const savedServices: readonly SavedService[] = [accountAnswers, cloudTrailAnswers, iamAnswers];

/** Every call that a file may hold, by IAM action. */
export const savedCalls: SavedService["calls"] = Object.assign(
  {},
  ...savedServices.map(({ calls }) => calls),
);

/** Every fact that a file can hold: a check that needs no other can be tried. */
export const savedFacts: readonly FactName[] = savedServices.flatMap(({ facts }) => facts);

import type { Service } from "../operation";
import { changeOperations } from "./change";
import { describeOperations } from "./describe";
import { lakeOperations } from "./lake";
import { lookupOperations } from "./lookup";
import { selectorOperations } from "./selectors";
import { tagOperations } from "./tags";

export const cloudtrail: Service = {
  eventSource: "cloudtrail.amazonaws.com",
  operations: {
    ...describeOperations,
    ...selectorOperations,
    ...changeOperations,
    ...tagOperations,
    ...lookupOperations,
    ...lakeOperations,
  },
};

import type { Service } from "../operation";
import { summaryOperations } from "./account-summary";
import { roleOperations } from "./roles";

export const iam: Service = {
  eventSource: "iam.amazonaws.com",
  operations: { ...roleOperations, ...summaryOperations },
};

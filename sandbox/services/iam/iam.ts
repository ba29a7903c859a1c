import type { Service } from "../operation";
import { roleOperations } from "./roles";

export const iam: Service = {
  eventSource: "iam.amazonaws.com",
  operations: { ...roleOperations },
};

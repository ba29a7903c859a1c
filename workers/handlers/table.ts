import type { JobKind } from "@/lib/jobs/payload";
import { connectionTestHandler } from "./connection-test";
import type { JobHandler } from "./handler";
import { scanHandler } from "./scan";

export const handlers: Readonly<Record<JobKind, JobHandler>> = {
  scan: scanHandler,
  connection_test: connectionTestHandler,
};

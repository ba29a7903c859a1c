import { probeStepIds, probeStepStates } from "@/lib/aws/probes/steps";
import { defineWords, type WordOf } from "@/lib/words";

/** State of the connection. `draft`: begun, never proven. The order is that of lists: what needs attention first. */
export const accountStatuses = defineWords("account status", [
  "unreachable",
  "connected",
  "draft",
  "disconnected",
]);
export type AccountStatus = WordOf<typeof accountStatuses>;

export const environments = defineWords("environment", [
  "production",
  "staging",
  "development",
  "sandbox",
  "log-archive",
  "management",
  "other",
]);
export type Environment = WordOf<typeof environments>;

export const connectionTestStatuses = defineWords("connection test status", [
  "queued",
  "running",
  "passed",
  "failed",
]);
export type ConnectionTestStatus = WordOf<typeof connectionTestStatuses>;

/** What a connection test is for: to connect an account, or to look again at a connected one. */
export const connectionTestPurposes = defineWords("purpose of a connection test", ["connect", "recheck"]);
export type ConnectionTestPurpose = WordOf<typeof connectionTestPurposes>;

/** Lines of the live checklist, in their order, and the state of each. */
export const connectSteps = defineWords("connect step", probeStepIds);
export const connectStepStates = defineWords("state of a connect step", probeStepStates);

export const accountStatusLabels: Readonly<Record<AccountStatus, string>> = {
  unreachable: "Unreachable",
  connected: "Connected",
  draft: "Not finished",
  disconnected: "Disconnected",
};

export const environmentLabels: Readonly<Record<Environment, string>> = {
  production: "Production",
  staging: "Staging",
  development: "Development",
  sandbox: "Sandbox",
  "log-archive": "Log archive",
  management: "Management",
  other: "Other",
};

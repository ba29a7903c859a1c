import type { Assurance, Severity } from "@/lib/checks/evaluation";
import type { Partition } from "@/lib/checks/facts/facts";
import type { RegionCounts } from "@/lib/findings/finding-view";
import type { Observation } from "@/lib/findings/lifecycle/states";
import type { ScanStatus } from "@/lib/scans/scan-states";
import type { WordOf } from "@/lib/words";
import type {
  AccountStatus,
  ConnectionTestStatus,
  connectStepStates,
  connectSteps,
  Environment,
} from "./account-states";

/** An AWS account as lists and pages show it. */
export interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly awsAccountId: string;
  readonly partition: Partition;
  readonly environment: Environment;
  readonly labels: readonly string[];
  readonly status: AccountStatus;
  /** Plain sentence when the status needs one. */
  readonly statusText: string | null;
  readonly roleArn: string | null;
  /** Raised whenever a person changes name, environment, labels or schedule. */
  readonly version: number;
  readonly createdAt: string;
  readonly connectedAt: string | null;
  readonly lastReadAt: string | null;
  /** When it was last proven that the role asks for its external id; null before the first weekly proof. */
  readonly trustCheckedAt: string | null;
  /** Plain sentence while the role lets in anyone who does not know the external id. */
  readonly trustProblem: string | null;
  readonly isStale: boolean;
  readonly nextScanAt: string | null;
  readonly everyMinutes: number | null;
  readonly findings: readonly {
    readonly checkId: string;
    readonly key: string | null;
    readonly observation: Observation;
    readonly severity: Severity | null;
    readonly short: string | null;
    /** How sure a pass is; null while it does not pass. */
    readonly assurance: Assurance | null;
    /** Enabled Regions by what the verdict that stands says of them; null for a check of the whole account. */
    readonly regions: RegionCounts | null;
  }[];
  readonly lastScan: { readonly number: number; readonly status: ScanStatus; readonly at: string } | null;
}

/** A step of the live connect checklist. */
export interface ConnectStep {
  readonly id: WordOf<typeof connectSteps>;
  readonly title: string;
  readonly state: WordOf<typeof connectStepStates>;
  readonly at: string | null;
  readonly requestId: string | null;
  /** e.g. `17 Regions`, `2 trails` */
  readonly result: string | null;
  readonly error: {
    readonly code: string;
    readonly title: string;
    readonly text: string;
    readonly whatToDo: string;
  } | null;
}

export interface ConnectionTestView {
  readonly id: string;
  readonly status: ConnectionTestStatus;
  /** It failed because somebody stopped it. */
  readonly isStopped: boolean;
  readonly roleArn: string;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly steps: readonly ConnectStep[];
}

/** A permission of the role, with the reason we ask for it. */
export interface PermissionLine {
  readonly action: string;
  readonly why: string;
}

/** What an organization may prescribe for a role. */
export type ConventionField = "roleName" | "rolePath" | "permissionsBoundaryArn" | "tags" | "logBucket";

/** What the connect page shows for one pending connection. */
export interface ConnectView {
  readonly account: AccountRow;
  readonly externalId: string;
  readonly principalArn: string;
  readonly roleName: string;
  readonly rolePath: string;
  /** Roles that this installation may assume, as patterns of IAM. */
  readonly rolePatterns: readonly string[];
  /** What the rules of the customer's organization ask of the role, as typed, and what is wrong with it. */
  readonly wishes: {
    readonly values: Readonly<Partial<Record<ConventionField, string | undefined>>>;
    readonly problems: Readonly<Partial<Record<ConventionField, string>>>;
  };
  readonly suggestedRoleArn: string;
  readonly permissions: readonly PermissionLine[];
  /** Present only when the operator has set a template bucket. */
  readonly quickCreateUrl: string | null;
  readonly cloudFormation: string;
  readonly terraform: string;
  readonly cli: string;
  readonly test: ConnectionTestView | null;
  /** Number of the scan started by the last passed test. */
  readonly firstScanNumber: number | null;
}

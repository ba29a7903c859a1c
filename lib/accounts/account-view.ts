/** An AWS account as lists and pages show it. */
export interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly awsAccountId: string;
  readonly partition: string;
  readonly environment: string;
  /** draft, connected, unreachable or disconnected */
  readonly status: string;
  /** Plain sentence when the status needs one. */
  readonly statusText: string | null;
  readonly roleArn: string | null;
  readonly createdAt: string;
  readonly connectedAt: string | null;
  readonly lastReadAt: string | null;
  /** When it was last proven that the role asks for its external id; null before the first weekly proof. */
  readonly trustCheckedAt: string | null;
  /** Plain sentence while the role lets in whoever does not know the external id. */
  readonly trustProblem: string | null;
  readonly isStale: boolean;
  readonly nextScanAt: string | null;
  readonly everyMinutes: number | null;
  readonly findings: readonly {
    readonly checkId: string;
    readonly key: string | null;
    readonly observation: string;
    readonly severity: string | null;
    readonly short: string | null;
  }[];
  readonly lastScan: { readonly number: number; readonly status: string; readonly at: string } | null;
}

/** A step of the live connect checklist. */
export interface ConnectStep {
  readonly id:
    | "role_assumed"
    | "refused_without_external_id"
    | "refused_with_wrong_external_id"
    | "account_confirmed"
    | "regions_readable"
    | "trails_readable";
  readonly title: string;
  readonly state: "waiting" | "running" | "passed" | "failed" | "skipped";
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
  readonly status: "queued" | "running" | "passed" | "failed";
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

/** What the connect page shows for one pending connection. */
export interface ConnectView {
  readonly account: AccountRow;
  readonly externalId: string;
  readonly principalArn: string;
  readonly roleName: string;
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

import { z } from "zod";
import { accountId } from "@/lib/accounts/account-input";
import {
  accountStatuses,
  connectionTestStatuses,
  connectStepStates,
  connectSteps,
  environments,
} from "@/lib/accounts/account-states";
import { assurances, partitions, readOutcomes, severities, verdicts } from "@/lib/checks/words";
import { skipReasons } from "@/lib/findings/bulk-states";
import { guardIds } from "@/lib/findings/lifecycle/guards";
import {
  findingEventKinds,
  findingStatuses,
  observations,
  targetStatuses,
} from "@/lib/findings/lifecycle/states";
import { looksEndings } from "@/lib/findings/looks-states";
import { receipt } from "@/lib/findings/priority/receipt";
import { priorities } from "@/lib/findings/priority-states";
import { actorTypes, commentVisibilities } from "@/lib/findings/timeline-states";
import { scanNumber } from "@/lib/scans/scan-input";
import { scanStatuses, scanTriggers } from "@/lib/scans/scan-states";
import { roles } from "@/lib/tenancy/permissions";
import {
  inheritanceStates,
  keyReasons,
  keyRegionStates,
  keyStates,
  proofLevels,
  verificationStatuses,
  verificationTriggers,
} from "@/lib/verification/verification-states";
import type { Words } from "@/lib/words";

const time = z.iso.datetime().describe("UTC, ISO 8601");
const word = <W extends string>({ values }: Words<W>) => z.enum(values);
const orNull = <S extends z.ZodType>(schema: S) => schema.nullable();

/** A whole number, refused in words instead of the library's. */
function numberBetween(min: number, max: number, refusal: string) {
  return z.int(refusal).min(min, refusal).max(max, refusal);
}

/** Paging of every list. */
export const pageQuery = {
  cursor: z.string().max(500).optional().describe("nextCursor of the page before"),
  limit: numberBetween(1, 200, "A page has 1 to 200 rows.").default(50).describe("Rows a page"),
};

export function listOf<S extends z.ZodType>(row: S) {
  return z.object({
    data: z.array(row),
    nextCursor: orNull(z.string()).describe("Send it as cursor for the next page; null on the last one"),
  });
}

export const idParams = z.strictObject({ id: accountId });
export const numberParams = z.strictObject({
  number: scanNumber,
});
export const callParams = z.strictObject({
  number: numberParams.shape.number,
  call: numberBetween(1, 100_000, "Calls are counted from 1, in the order of the call log."),
});
export const keyParams = z.strictObject({ key: z.string().min(1).max(40).describe("e.g. PST-142") });

export const account = z
  .object({
    id: z.uuid(),
    name: z.string(),
    awsAccountId: z.string().describe("Twelve digits"),
    partition: word(partitions),
    environment: word(environments),
    labels: z.array(z.string()),
    status: word(accountStatuses),
    version: z.int().describe("Send it with a change, so that you do not overwrite someone else's"),
    statusText: orNull(z.string()),
    roleArn: orNull(z.string()).describe("Set once the connection was proven"),
    createdAt: time,
    connectedAt: orNull(time),
    lastReadAt: orNull(time).describe("Last scan that read at least the trails of one Region"),
    trustCheckedAt: orNull(time).describe(
      "Last proof that the role asks for its external id; repeated weekly",
    ),
    trustProblem: orNull(z.string()).describe("Set while the role can be assumed without its external id"),
    isStale: z.boolean(),
    nextScanAt: orNull(time),
    everyMinutes: orNull(z.int()).describe("How often it is scanned"),
    findings: z.array(
      z.object({
        checkId: z.string(),
        key: orNull(z.string()),
        observation: word(observations),
        severity: orNull(word(severities)),
        short: orNull(z.string()),
        assurance: orNull(word(assurances)).describe("How sure a pass is; null while it does not pass"),
        regions: orNull(
          z.object({ covered: z.int(), partial: z.int(), uncovered: z.int(), unread: z.int() }),
        ).describe("Enabled Regions by the last verdict; null for a check of the whole account"),
      }),
    ),
    lastScan: orNull(z.object({ number: z.int(), status: word(scanStatuses), at: time })),
  })
  .meta({ id: "Account" });

const connectionTest = z
  .object({
    id: z.uuid(),
    status: word(connectionTestStatuses),
    roleArn: z.string(),
    createdAt: time,
    finishedAt: orNull(time),
    steps: z.array(
      z.object({
        id: word(connectSteps),
        title: z.string(),
        state: word(connectStepStates),
        at: orNull(time),
        requestId: orNull(z.string()),
        result: orNull(z.string()),
        error: orNull(
          z.object({ code: z.string(), title: z.string(), text: z.string(), whatToDo: z.string() }),
        ),
      }),
    ),
  })
  .meta({ id: "ConnectionTest" });

export const connection = z
  .object({
    account,
    externalId: z.string().describe("The role's trust policy must require it"),
    principalArn: z.string().describe("Who assumes the role"),
    roleName: z.string(),
    rolePath: z.string(),
    rolePatterns: z.array(z.string()).describe("Roles that this installation may assume"),
    suggestedRoleArn: z.string(),
    permissions: z.array(z.object({ action: z.string(), why: z.string() })),
    quickCreateUrl: orNull(z.string()),
    cloudFormation: z.string(),
    terraform: z.string(),
    cli: z.string(),
    test: orNull(connectionTest).describe("The latest test"),
    firstScanNumber: orNull(z.int()),
  })
  .meta({ id: "Connection" });

export const scan = z
  .object({
    id: z.uuid(),
    number: z.int(),
    accountId: z.uuid(),
    accountName: z.string(),
    awsAccountId: z.string(),
    trigger: word(scanTriggers),
    status: word(scanStatuses),
    attempt: z.int(),
    requestedAt: time,
    notBefore: orNull(time).describe("A queued retry waits until then, unless someone requests the scan"),
    startedAt: orNull(time),
    finishedAt: orNull(time),
    durationMs: orNull(z.int()),
    regionsTotal: orNull(z.int()),
    regionsRead: orNull(z.int()),
    apiCalls: orNull(z.int()),
    errorText: orNull(z.string()),
    verdicts: z.array(
      z.object({
        checkId: z.string(),
        verdict: word(verdicts),
        reason: z.string(),
        findingKey: orNull(z.string()),
        short: orNull(z.string()),
      }),
    ),
  })
  .meta({ id: "Scan" });

const call = z.object({
  id: z.string(),
  at: time,
  api: z.string(),
  region: z.string(),
  target: orNull(z.string()),
  outcome: word(readOutcomes).describe("ok, or why there is no answer"),
  errorCode: orNull(z.string()),
  message: orNull(z.string()),
  requestId: orNull(z.string()),
  durationMs: z.int(),
  sha256: orNull(z.string()),
});

export const callDetail = call
  .extend({
    answer: z
      .unknown()
      .describe(
        "As AWS gave it, without credentials; its SHA-256 over canonical JSON (RFC 8785) is sha256. Null for a call without an answer",
      ),
  })
  .meta({ id: "Call" });

export const scanDetail = scan
  .extend({
    engineVersion: orNull(z.string()),
    calls: z.array(call),
    failures: z.array(
      z.object({
        text: z.string(),
        whatToDo: z.string(),
        count: z.int(),
        regions: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: "ScanDetail" });

const findingBase = z.object({
  id: z.uuid(),
  key: orNull(z.string()).describe("e.g. PST-142; null while the account never failed the check"),
  checkId: z.string(),
  checkTitle: z.string(),
  accountId: z.uuid(),
  accountName: z.string(),
  awsAccountId: z.string(),
  environment: word(environments),
  status: word(findingStatuses).describe("none: never failed"),
  observation: word(observations).describe("What the last evaluation said"),
  observationSince: time,
  severity: orNull(word(severities)),
  priority: orNull(word(priorities)).describe("How urgent it is, P1 first; null while it does not fail"),
  score: orNull(z.int()).describe("0 to 100: what the priority comes from"),
  assurance: orNull(word(assurances)).describe(
    "How sure a pass is. INFERRED: some Regions or deliveries were not seen; null while it does not pass",
  ),
  reason: orNull(z.string()),
  short: orNull(z.string()),
  episode: z.int(),
  lastCheckedAt: orNull(time),
  decidedAt: orNull(time).describe("Age of the verdict: NOT_EVALUATED keeps the older one"),
  isStale: z.boolean(),
});

/** A finding as a list has it. */
export const finding = z
  .object({
    ...findingBase.shape,
    cause: orNull(z.string()).describe("What kind of gap it is; null while it has none"),
    regions: orNull(
      z.object({ covered: z.int(), partial: z.int(), uncovered: z.int(), unread: z.int() }),
    ).describe("Enabled Regions by the last verdict; null for a check of the whole account"),
    blindRegions: z.array(z.string()).describe("Regions that the last verdict does not cover wholly"),
    owner: orNull(z.object({ id: z.uuid(), name: orNull(z.string()) })).describe("Null while nobody owns it"),
    dueAt: orNull(time),
    dueDay: orNull(z.string()).describe("The day at whose end it is due, where the organization is"),
    isOverdue: z.boolean(),
    comebacks: z.int().describe("How often it failed again after it had passed"),
  })
  .meta({ id: "Finding" });

/** Filters of the findings list under a name. */
export const view = z
  .object({
    id: z.uuid(),
    name: z.string(),
    query: z.string().describe("Filters as they stand behind the question mark of GET /findings"),
    version: z.int().describe("Send it with a change, so that you do not overwrite someone else's"),
  })
  .meta({ id: "View" });

const evaluation = z
  .object({
    at: time,
    scanNumber: z.int(),
    evaluation: z.object({
      checkVersion: z.int(),
      verdict: word(verdicts),
      reason: z.string(),
      severity: orNull(word(severities)),
      severityReason: orNull(z.string()),
      assurance: orNull(word(assurances)),
      coveredRegions: z.array(z.string()),
      partialRegions: z.array(z.string()),
      uncoveredRegions: z.array(z.string()),
      unknownRegions: z.array(z.string()),
      remediation: z.object({
        action: z.string(),
        account: z.string().optional(),
        region: z.string().optional(),
        trail: z.string().optional(),
        orgAction: z.string().optional(),
      }),
      advisories: z.array(z.string()),
    }),
  })
  .meta({ id: "Evaluation" });

export const looks = z
  .object({
    requestedBy: z.string(),
    requestedAt: time,
    everyMinutes: z.int(),
    done: z.int().describe("Looks so far"),
    most: z.int().describe("Looks in all, unless it ends before"),
    nextAt: orNull(time).describe("Null once it has ended"),
    ending: orNull(word(looksEndings)).describe("Null while it goes on"),
    endedAt: orNull(time),
  })
  .meta({ id: "Looks" });

export const memberName = z
  .object({
    id: z.uuid().describe("Send it as ownerId"),
    name: z.string(),
    role: word(roles).describe("An auditor owns no findings"),
  })
  .meta({ id: "Member" });

const person = z.object({ id: z.uuid(), name: orNull(z.string()) });

export const bulkResult = z
  .object({
    matched: z.int().describe("Findings that were asked for: done and skipped"),
    done: z
      .array(z.string())
      .describe("Keys of those that were changed; with preview, of those that would be"),
    skipped: z.array(
      z.object({
        key: z.string(),
        reason: word(skipReasons).describe("Why it was left as it is"),
      }),
    ),
  })
  .meta({ id: "BulkResult" });
const actor = z
  .object({
    type: word(actorTypes),
    id: orNull(z.string()).describe("Of a person or a token"),
    name: orNull(z.string()).describe("As it is now; null once nobody knows it any more"),
  })
  .meta({ id: "Actor" });

export const findingEvent = z
  .object({
    id: z.uuid(),
    at: time,
    kind: word(findingEventKinds),
    actor,
    text: z.string(),
    scanNumber: orNull(z.int()),
    before: orNull(z.record(z.string(), z.unknown())).describe("What it changed, as it was"),
    after: orNull(z.record(z.string(), z.unknown())).describe("What it changed, as it then was"),
    unchangedBefore: z
      .int()
      .describe("Evaluations between the event before and this one that said nothing new"),
  })
  .meta({ id: "FindingEvent" });

export const comment = z
  .object({
    id: z.uuid(),
    at: time,
    author: actor,
    body: z.string().describe("Markdown, with members as `@{id}`"),
    mentions: z.array(person).describe("Those in the body who were members"),
    visibility: word(commentVisibilities).describe("internal: members read it, auditors do not"),
  })
  .meta({ id: "Comment" });

const triage = z
  .object({
    version: z.int().describe("Send it with a change: a stale one is refused"),
    owner: orNull(person),
    suggestedOwner: orNull(z.object({ person, reason: z.string() })).describe("While nobody owns it"),
    dueAt: orNull(time),
    dueDay: orNull(z.string()).describe("The day at whose end it is due, where the organization is"),
    isOverdue: z.boolean(),
    ticketUrl: orNull(z.string()),
    claim: orNull(
      z.object({
        at: time,
        by: z.string(),
        note: orNull(z.string()),
        trailArn: orNull(z.string()),
        guardrail: orNull(z.string()),
        guardrailWaiver: orNull(z.string()),
      }),
    ).describe("While somebody claims it fixed"),
    failedClaims: z.int().describe("Claims of this episode that a scan contradicted"),
    watchers: z.array(person),
    allowed: z
      .array(
        z.object({
          to: word(targetStatuses),
          guards: z
            .array(z.object({ id: word(guardIds), message: z.string(), needs: z.array(z.string()) }))
            .describe("What is missing for it"),
        }),
      )
      .describe("Moves that can be made now"),
    mayEdit: z.boolean().describe("The caller may change owner, due date and ticket"),
  })
  .meta({ id: "Triage" });

export const findingDetail = findingBase
  .extend({
    partition: word(partitions),
    decided: orNull(evaluation).describe("The current evaluation: the last PASS or FAIL"),
    latest: orNull(evaluation).describe("The latest one when it could not decide"),
    readings: z.array(
      z.object({
        api: z.string(),
        regionsOk: z.int(),
        regionsFailed: z.int(),
        oldestAt: time,
        failures: z.array(z.object({ text: z.string(), regions: z.array(z.string()), code: z.string() })),
      }),
    ),
    history: z
      .array(
        z.object({
          id: z.string(),
          at: time,
          kind: word(findingEventKinds),
          actor: z.string(),
          text: z.string(),
          scanNumber: orNull(z.int()),
          times: z.int(),
        }),
      )
      .describe("Its newest lines; all of it: /findings/{key}/events"),
    comebacks: z.int().describe("How often it failed again after it had passed"),
    receipt: orNull(receipt.meta({ id: "Receipt" })).describe("What the score adds up from, line by line"),
    episodes: z.array(z.object({ number: z.int(), detectedAt: time, verifiedAt: orNull(time) })),
    activeScanNumber: orNull(z.int()),
    looks: orNull(looks).describe("Looking again every few minutes: while it goes on, and for a day after"),
    triage,
  })
  .meta({ id: "FindingDetail" });

/** A finding that was just moved. */
export const movedFinding = findingDetail
  .extend({
    verificationId: orNull(z.uuid()).describe("What proves or refutes the claim; null after any other move"),
  })
  .meta({ id: "MovedFinding" });

/** What a request for a verification is answered with. */
export const verificationStarted = z.object({ id: z.uuid(), number: z.int() });

const keyRegion = z
  .object({
    region: z.string(),
    state: word(keyRegionStates).describe(
      "exempt: nobody can look there, and that does not stand in the way",
    ),
    reason: orNull(word(keyReasons)).describe("Why it has not turned, or does not have to"),
    at: orNull(time).describe("When the state was found"),
    evidence: orNull(
      z.object({
        sentAt: time.optional().describe("When AWS answered our own call"),
        requestId: z.string().optional().describe("The request id of that call"),
        trailArn: z.string().optional().describe("The trail that delivered, or should have"),
        latestDeliveryTime: time.optional().describe("The last delivery that CloudTrail reported there"),
        latestDeliveryError: z.string().optional(),
        level: word(proofLevels).optional().describe("How sure the delivery is"),
        objectKey: z.string().optional().describe("The log file, from the level object on"),
        objectAt: time.optional().describe("When S3 got that file"),
        sha256: z.string().optional().describe("Its SHA-256"),
        eventId: z.string().optional().describe("Our own event in it, at the level content"),
        readUpTo: z.string().optional().describe("Log files up to this key do not hold our event"),
        error: z.string().optional().describe("How AWS answered when it was asked in vain"),
      }),
    ),
  })
  .meta({ id: "KeyRegion" });

const key = z.object({
  state: word(keyStates),
  regions: z.array(keyRegion).describe("Enabled Regions; empty for a check of the whole account"),
});

export const verification = z
  .object({
    id: z.uuid(),
    number: z.int(),
    findingKey: z.string(),
    status: word(verificationStatuses).describe(
      "inconclusive: it tries again by itself until the claim times out",
    ),
    trigger: word(verificationTriggers),
    requiredAssurance: word(proofLevels).describe("How sure delivery must be, as the organization demands"),
    reachedAssurance: orNull(word(proofLevels)).describe(
      "The weakest of all Regions; null until keyB has turned",
    ),
    keyA: key.describe("Configuration, as read after the claim"),
    keyB: key.describe("Delivery after our own calls; for a check of the whole account a second reading"),
    inheritance: z
      .object({ state: word(inheritanceStates) })
      .describe("Whether Regions that are enabled later will be logged"),
    scanNumber: orNull(z.int()).describe("The scan that keyA rests on"),
    looksAt: z.array(time).describe("When it looks for deliveries; empty until our calls were made"),
    looksDone: z.int().describe("How many of the looks are over"),
    nextAt: orNull(time).describe("When it looks again, or, while inconclusive, tries again"),
    startedAt: time,
    finishedAt: orNull(time).describe("Null while it goes on"),
  })
  .meta({ id: "Verification" });

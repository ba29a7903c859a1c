import { count } from "@/lib/text";
import type { KeyRegion, VerificationView } from "@/lib/verification/verification-view";

/** The reasons that nothing arrived, always in this order. */
const causes = ["write_only", "closed", "bucket", "key", "unreadable"] as const;
type Cause = (typeof causes)[number];

const labels: Readonly<Record<Cause, string>> = {
  write_only: "Write-only trail",
  closed: "Region closed by policy",
  bucket: "Bucket policy",
  key: "Key policy",
  unreadable: "Status unreadable",
};

export interface Branch {
  readonly id: Cause;
  readonly label: string;
  readonly said: string;
  /** `hit`: this may be why. `open`: nothing tells. */
  readonly state: "hit" | "out" | "open";
}

/** Regions that could not be proven for the same reasons. */
export interface ReasonTree {
  readonly regions: readonly string[];
  /** What may be why, in one sentence. */
  readonly why: string;
  /** What the branches explain. */
  readonly root: string;
  readonly branches: readonly Branch[];
  /** What AWS said, of the first of the Regions. */
  readonly evidence: readonly Evidence[];
  readonly whatToDo: string;
}

export interface Evidence {
  readonly text: string;
  /** A moment behind the text. */
  readonly at?: string;
}

/** Why Regions could not be proven, those with the same reasons together, the Regions in the order they come in. */
export function reasonTrees({ keyA, keyB }: VerificationView): readonly ReasonTree[] {
  const unread = new Set(
    keyA.regions.filter(({ state }) => state === "inconclusive").map(({ region }) => region),
  );
  const trees = new Map<string, ReasonTree>();
  for (const region of keyB.regions) {
    const tree =
      region.state === "inconclusive"
        ? treeOf(region)
        : unread.has(region.region) && region.state !== "failed"
          ? unreadTree(region.region)
          : null;
    if (tree === null) continue;
    const id = `${tree.why} ${tree.branches.map(({ said }) => said).join()}`;
    const same = trees.get(id);
    trees.set(id, same ? { ...same, regions: [...same.regions, region.region] } : tree);
  }
  return [...trees.values()];
}

function treeOf(key: KeyRegion): ReasonTree {
  const { hits, open, unreadable, why, whatToDo } = causeOf(key);
  return {
    regions: [key.region],
    why,
    root: key.reason === "not_sent" ? "Our call was not answered" : "No delivery after our call",
    branches: causes.map((id) =>
      hits.includes(id)
        ? {
            id,
            label: labels[id],
            said: id === "unreadable" ? (unreadable ?? "likely") : "likely",
            state: "hit",
          }
        : open.includes(id)
          ? { id, label: labels[id], said: "not known", state: "open" }
          : { id, label: labels[id], said: "ruled out", state: "out" },
    ),
    evidence: evidenceOf(key),
    whatToDo,
  };
}

function unreadTree(region: string): ReasonTree {
  return {
    regions: [region],
    why: "Its configuration could not be read.",
    root: "Key A did not turn here",
    branches: causes.map((id) => ({
      id,
      label: labels[id],
      said: id === "unreadable" ? "likely" : "not known",
      state: id === "unreadable" ? "hit" : "open",
    })),
    evidence: [],
    whatToDo: "See how we know below for what could not be read, then retry.",
  };
}

interface Caused {
  readonly hits: readonly Cause[];
  /** Neither likely nor ruled out. */
  readonly open: readonly Cause[];
  /** When the status could not be read. */
  readonly unreadable?: string;
  readonly why: string;
  readonly whatToDo: string;
}

function causeOf({ reason, evidence }: KeyRegion): Caused {
  const error = evidence?.latestDeliveryError;
  // Read at some look: then what it said rules the policies out, or names them.
  const wasRead = evidence?.latestDeliveryTime !== undefined || error !== undefined;
  switch (reason) {
    case "no_trail_records_reads":
      return {
        hits: ["write_only"],
        open: ["bucket", "key", "unreadable"],
        why: "No trail here records reads.",
        whatToDo: "Our test call is a read. Have a trail of this Region record read events, then retry.",
      };
    case "not_sent":
      return /denied|not authorized|polic/i.test(evidence?.error ?? "")
        ? {
            hits: ["closed"],
            open: ["write_only", "bucket", "key", "unreadable"],
            why: "AWS refused our call here.",
            whatToDo: "Let the role that Posturio assumes make the call in this Region, then retry.",
          }
        : {
            hits: ["unreadable"],
            open: ["write_only", "closed", "bucket", "key"],
            unreadable: "our call",
            why: "AWS did not answer our call.",
            whatToDo: "Nothing for you to change. A retry usually settles it.",
          };
    case "bucket_unreadable":
      return {
        hits: ["bucket"],
        open: ["key"],
        why: "The log bucket could not be read.",
        whatToDo: "Let the role that Posturio assumes read the log bucket, then retry.",
      };
    case "not_in_bucket":
      return {
        hits: [],
        open: ["bucket", "key"],
        why: "AWS reports a delivery, and no log file was found.",
        whatToDo: "Check that the trail delivers to the bucket that Posturio reads, then retry.",
      };
    case "trail_gone":
      return {
        hits: [],
        open: ["bucket", "key"],
        why: "The trail has no copy here yet.",
        whatToDo: "AWS copies a multi-Region trail to every enabled Region, usually in minutes. Retry then.",
      };
  }
  if (error !== undefined) return policyCause(error);
  if (reason === "status_unreadable") {
    return {
      hits: ["unreadable"],
      open: wasRead ? [] : ["bucket", "key"],
      unreadable: "last look",
      why: "AWS did not answer when we asked.",
      whatToDo: "Nothing for you to change. A retry usually settles it.",
    };
  }
  return {
    hits: [],
    open: [],
    why: "Late, and no reason was found.",
    whatToDo: "Quiet Regions can be slow. Retry, or wait for the next try.",
  };
}

/** CloudTrail reports a refusal of the key as one of S3's unless AWS KMS itself is named. */
function policyCause(error: string): Caused {
  if (/kms/i.test(error)) {
    return {
      hits: ["key"],
      open: [],
      why: "The key policy may refuse CloudTrail here.",
      whatToDo: "Let the key serve this trail in every Region, then retry.",
    };
  }
  return {
    hits: ["bucket"],
    open: /denied/i.test(error) ? ["key"] : [],
    why: "The bucket policy may refuse CloudTrail here.",
    whatToDo: "Let CloudTrail write to the bucket for this Region, then retry.",
  };
}

function evidenceOf({ evidence }: KeyRegion): readonly Evidence[] {
  if (evidence === null) return [];
  const { sentAt, latestDeliveryTime, latestDeliveryError, error, requestId } = evidence;
  return [
    ...(latestDeliveryError === undefined ? [] : [{ text: latestDeliveryError }]),
    ...(error === undefined ? [] : [{ text: error }]),
    ...(sentAt === undefined ? [] : [{ text: "our call", at: sentAt }]),
    ...(latestDeliveryTime === undefined ? [] : [{ text: "last delivery", at: latestDeliveryTime }]),
    ...(requestId === undefined || sentAt === undefined ? [] : [{ text: `request ${requestId}` }]),
  ];
}

/** `eu-north-1`, or how many. */
export function regionsText(regions: readonly string[]): string {
  return regions.length === 1 ? (regions[0] ?? "") : count(regions.length, "Region");
}

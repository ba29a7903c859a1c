import type { Readable } from "node:stream";
import { GetObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { isRegionOf } from "@/lib/aws/partitions";
import type { SendOptions } from "@/lib/aws/wire/attempts";
import type { AwsCalls } from "@/lib/aws/wire/aws-calls";
import { MalformedResponse } from "@/lib/aws/wire/read-failure";
import type { Answer } from "@/lib/aws/wire/send-call";
import { s3 } from "@/lib/aws/wire/services/s3";
import type { Partition } from "@/lib/checks/facts/facts";
import { type ReadFailure, type Reading, unread } from "@/lib/checks/facts/reading";
import { type LogFileLimits, type LookedInto, lookInto } from "./log-file";
import type { LogFilePrefix } from "./log-file-keys";
import type { OwnCall } from "./own-event";

export interface ListedFile {
  readonly key: string;
  readonly bytes: number;
  /** When S3 got it, ISO 8601. */
  readonly lastModified: string;
}

interface ListedPage {
  readonly files: readonly ListedFile[];
  /** Continues the list; null at its end. */
  readonly next: string | null;
}

/** Few, because the answers of calls are kept: a busy Region delivers some ten files within five minutes. */
const filesOfAPage = 100;

/** The bucket answers in another Region. */
interface Elsewhere {
  readonly elsewhere: string;
}

interface BucketCall<O extends Answer, V> {
  readonly api: "s3:ListBucket" | "s3:GetObject";
  readonly target: string;
  send(client: S3Client, options: SendOptions): Promise<O>;
  parse(output: O): V | undefined;
}

/** A bucket of log files, read with one session. Whatever it is asked fails unless it belongs to `owner`. */
export class LogBucket {
  readonly #calls: Pick<AwsCalls, "call">;
  readonly #partition: Partition;
  readonly #name: string;
  readonly #owner: string;
  #region: string;

  /** `region` is where it probably is: where it really is, S3 says to whom asks elsewhere. */
  constructor(
    calls: Pick<AwsCalls, "call">,
    bucket: {
      readonly partition: Partition;
      readonly name: string;
      readonly owner: string;
      readonly region: string;
    },
  ) {
    this.#calls = calls;
    this.#partition = bucket.partition;
    this.#name = bucket.name;
    this.#owner = bucket.owner;
    this.#region = bucket.region;
  }

  /** Where it is, as far as is known. */
  get region(): string {
    return this.#region;
  }

  /** A page of the files below a prefix, by their keys. */
  list({ prefix, startAfter }: LogFilePrefix, next: string | null): Promise<Reading<ListedPage>> {
    const command = new ListObjectsV2Command({
      ...this.#target(),
      Prefix: prefix,
      MaxKeys: filesOfAPage,
      ...(startAfter === null ? {} : { StartAfter: startAfter }),
      ...(next === null ? {} : { ContinuationToken: next }),
    });
    return this.#ask({
      api: "s3:ListBucket",
      target: this.#arn(),
      send: (client, options) => client.send(command, options),
      parse: ({ Contents = [], IsTruncated, NextContinuationToken }) => {
        const files = Contents.flatMap(({ Key, LastModified, Size = 0 }) =>
          Key === undefined || LastModified === undefined || Number.isNaN(LastModified.getTime())
            ? []
            : [{ key: Key, bytes: Size, lastModified: LastModified.toISOString() }],
        );
        if (IsTruncated !== true) return { files, next: null };
        return NextContinuationToken === undefined ? undefined : { files, next: NextContinuationToken };
      },
    });
  }

  /** Looks in a file for our own call. Of its contents nothing is kept. */
  lookInto(key: string, call: OwnCall, limits: LogFileLimits): Promise<Reading<LookedInto>> {
    const command = new GetObjectCommand({ ...this.#target(), Key: key });
    return this.#ask<Answer & LookedInto, LookedInto>({
      api: "s3:GetObject",
      target: `${this.#arn()}/${key}`,
      send: async (client, options) => {
        const { Body, $metadata } = await client.send(command, options);
        if (Body === undefined) throw new MalformedResponse("The answer has no body.");
        const { abortSignal: signal } = options;
        return { $metadata, ...(await lookInto(Body as Readable, call, { limits, signal })) };
      },
      parse: ({ bytes, sha256, eventId }) => ({ bytes, sha256, eventId }),
    });
  }

  #target() {
    return { Bucket: this.#name, ExpectedBucketOwner: this.#owner };
  }

  #arn(): string {
    return `arn:${this.#partition}:s3:::${this.#name}`;
  }

  /** Asks where the bucket is thought to be, and once more where S3 says that it is. */
  async #ask<O extends Answer, V>(call: BucketCall<O, V>): Promise<Reading<V>> {
    const first = await this.#askIn(this.#region, call);
    if (!first.ok || !isElsewhere(first.value)) return first as Reading<V>;
    const { elsewhere } = first.value;
    this.#region = elsewhere;
    const second = await this.#askIn(elsewhere, call);
    if (!second.ok || !isElsewhere(second.value)) return second as Reading<V>;
    return unread(wandering(call.api, elsewhere));
  }

  async #askIn<O extends Answer, V>(region: string, call: BucketCall<O, V>): Promise<Reading<V | Elsewhere>> {
    let named: string | undefined;
    return this.#calls.call<S3Client, O, V | Elsewhere>({
      ...call,
      service: s3,
      region,
      send: async (client, options) => {
        try {
          return await call.send(client, options);
        } catch (error) {
          named = bucketRegionIn(error);
          throw error;
        }
      },
      answerIn: () =>
        named !== undefined && named !== region && isRegionOf(this.#partition, named)
          ? { elsewhere: named }
          : undefined,
    });
  }
}

const redirects: ReadonlySet<string> = new Set([
  "PermanentRedirect",
  "TemporaryRedirect",
  "AuthorizationHeaderMalformed",
  "IllegalLocationConstraintException",
]);

/** The Region that S3 names in the header of an answer which sends the caller elsewhere. */
function bucketRegionIn(error: unknown): string | undefined {
  if (!(error instanceof Error) || !redirects.has(error.name)) return undefined;
  const { $response: response } = error as { $response?: { headers?: Record<string, string> } };
  return response?.headers?.["x-amz-bucket-region"];
}

function isElsewhere(value: unknown): value is Elsewhere {
  return typeof value === "object" && value !== null && "elsewhere" in value;
}

function wandering(api: string, region: string): ReadFailure {
  const message = "S3 names another Region whenever it is asked where the bucket is.";
  return { kind: "garbage", api, region, code: "PermanentRedirect", message };
}

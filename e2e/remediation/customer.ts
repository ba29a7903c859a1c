import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { scanAccount } from "@/lib/aws/scan-account";
import { CallLimiter } from "@/lib/aws/wire/limiter";
import { check } from "@/lib/checks/cloudtrail/not-multi-region/check";
import type { Description } from "@/lib/checks/description";
import type { Evaluation } from "@/lib/checks/evaluation";
import type { EvaluationContext } from "@/lib/checks/evaluation-context";
import type { Partition } from "@/lib/checks/facts/facts";
import { defaultRegions } from "@/lib/checks/regions";
import { plainText } from "@/lib/checks/snippets/marked";
import type { ChangeTab, CommandPart, SuggestedChange } from "@/lib/checks/suggested-change";
import { type Sandbox, startSandbox } from "@/sandbox/server";
import { awsExecutable } from "@/sandbox/testing/aws-cli";
import type { WorldFile } from "@/sandbox/world/world-file";

export const executable = awsExecutable();

export interface Scanned {
  readonly evaluation: Evaluation;
  readonly description: Description;
}

/** A customer's AWS and its owner: who scans with us, reads the page and pastes its commands into a shell. */
export class Customer {
  readonly sandbox: Sandbox;
  private readonly folder = mkdtempSync(join(tmpdir(), "posturio-remedy-"));
  private readonly home = mkdtempSync(join(tmpdir(), "posturio-home-"));

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  static async of(world: WorldFile): Promise<Customer> {
    return new Customer(await startSandbox({ world }));
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    for (const folder of [this.folder, this.home]) rmSync(folder, { recursive: true, force: true });
  }

  /** Collector and check over the wire, as a scan does. */
  async scan(
    accountId: string,
    { partition = "aws", ...rest }: { partition?: Partition } & Partial<EvaluationContext> = {},
  ): Promise<Scanned> {
    const { now } = this.sandbox.control.time({});
    const context: EvaluationContext = {
      now,
      account: { id: accountId, partition },
      defaultRegions: defaultRegions(partition),
      sightings: {},
      acceptances: [],
      ...rest,
    };
    const { evaluations, collection } = await scanAccount({
      account: { id: accountId, partition },
      role: { arn: `arn:${partition}:iam::${accountId}:role/PosturioReadOnly`, externalId: "pst_test" },
      sessionName: "posturio-test",
      checks: [check],
      signal: new AbortController().signal,
      endpoint: this.sandbox.url,
      limiter: new CallLimiter(),
      wire: { maxAttempts: 2 },
      baseCredentials: async () => ({ accessKeyId: "AKIA999999999999SCAN", secretAccessKey: "x" }),
      judging: ({ connectionFailure }) => ({
        context: { ...context, ...(connectionFailure ? { connectionFailure } : {}) },
      }),
    });
    const evaluation = evaluations[0]?.evaluation;
    if (evaluation === undefined) throw new Error("The scan gave no evaluation.");
    const description = check.describe(evaluation, collection.facts, { ...context, accountName: "acme" });
    return { evaluation, description };
  }

  /**
   * Pastes text from the page into a shell that stops at the first failure; throws with what the shell said, and when
   * a file is left.
   */
  run(accountId: string, parts: readonly CommandPart[]): Promise<string> {
    const env = {
      PATH: `${dirname(executable ?? "")}:${process.env.PATH ?? ""}`,
      HOME: this.home,
      AWS_ENDPOINT_URL: this.sandbox.url,
      AWS_ACCESS_KEY_ID: `AKIA${accountId}TEST`,
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_MAX_ATTEMPTS: "1",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_PAGER: "",
      NODE_ENV: "test" as const,
    };
    const script = `set -e\n${plainText(parts)}\n`;
    return new Promise((resolve, reject) => {
      execFile("bash", ["-c", script], { env, cwd: this.folder, timeout: 120_000 }, (error, out, errors) => {
        const left = readdirSync(this.folder);
        if (error) reject(new Error(`${script}\n${errors}`));
        else if (left.length > 0) reject(new Error(`${script}\nleft ${left.join(", ")}`));
        else resolve(out);
      });
    });
  }

  /** Log files need some minutes. */
  wait(time = "25m"): void {
    this.sandbox.control.time({ advance: time });
  }
}

export function changeOf({ description }: Scanned): SuggestedChange {
  if (description.change === null) throw new Error("There is nothing to change.");
  return description.change;
}

export function tab(change: SuggestedChange, id: string): ChangeTab {
  const found = change.tabs?.find((one) => one.id === id);
  if (found === undefined) throw new Error(`No tab ${id}`);
  return found;
}

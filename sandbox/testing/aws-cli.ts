import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const local = fileURLToPath(new URL("../../.posturio/aws-cli/bin/aws", import.meta.url));

/** The `aws` executable of the tests, or undefined when there is none. */
export function awsExecutable(): string | undefined {
  const named = process.env.POSTURIO_AWS_CLI;
  if (named) return named;
  return existsSync(local) ? local : undefined;
}

export interface CliAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `aws` against an endpoint as the account named by its access key. */
export function aws(
  executable: string,
  endpoint: string,
  accountId: string,
  args: readonly string[],
): Promise<CliAnswer> {
  const env = {
    PATH: process.env.PATH ?? "",
    HOME: "/nonexistent",
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: `AKIA${accountId}TEST`,
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_MAX_ATTEMPTS: "1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
  };
  return new Promise((resolve) => {
    execFile(
      executable,
      [...args, "--output", "json"],
      { env: { ...env, NODE_ENV: "test" }, timeout: 60_000 },
      (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr });
      },
    );
  });
}

import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import { createClients, defaultWire, type WireSettings } from "@/lib/aws/wire/clients";
import type { Partition } from "@/lib/checks/facts/facts";
import { s3 } from "./s3";

/** Where the request for a bucket would go, and for which Region it would be signed. */
async function addressed(partition: Partition, region: string, bucket: string, wire: Partial<WireSettings>) {
  const identity = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" };
  const settings = { ...defaultWire, maxAttempts: 1, ...wire };
  const client = createClients(partition, async () => identity, settings).of(s3, region);
  let seen = "";
  client.middlewareStack.add(
    () =>
      async ({ request }) => {
        const { hostname, path, headers } = request as {
          hostname: string;
          path: string;
          headers: Record<string, string>;
        };
        const [, signed] = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(headers.authorization ?? "") ?? [];
        seen = `${hostname}${path} ${signed}`;
        throw new Error("far enough");
      },
    { step: "finalizeRequest", priority: "low", name: "address" },
  );
  const command = new ListObjectsV2Command({ Bucket: bucket, ExpectedBucketOwner: "111122223333" });
  await expect(client.send(command)).rejects.toThrow("far enough");
  return seen;
}

const own = { endpoint: "http://sandbox:4577" };

it.each([
  ["aws", "eu-west-1", "acme-logs", {}, "acme-logs.s3.eu-west-1.amazonaws.com/ eu-west-1"],
  ["aws", "us-east-1", "acme-logs", {}, "acme-logs.s3.us-east-1.amazonaws.com/ us-east-1"],
  // No certificate is for a name with more dots, and none of a host's name for one with capitals.
  ["aws", "eu-west-1", "acme.logs", {}, "s3.eu-west-1.amazonaws.com/acme.logs/ eu-west-1"],
  ["aws", "us-east-1", "Old_Bucket", {}, "s3.us-east-1.amazonaws.com/Old_Bucket/ us-east-1"],
  ["aws-cn", "cn-north-1", "acme-logs", {}, "acme-logs.s3.cn-north-1.amazonaws.com.cn/ cn-north-1"],
  ["aws-us-gov", "us-gov-west-1", "logs", {}, "logs.s3.us-gov-west-1.amazonaws.com/ us-gov-west-1"],
  ["aws-eusc", "eusc-de-east-1", "logs", {}, "logs.s3.eusc-de-east-1.amazonaws.eu/ eusc-de-east-1"],
  ["aws", "eu-west-1", "acme-logs", own, "sandbox/acme-logs/ eu-west-1"],
] as const)(
  "in %s %s the bucket %s is addressed where it is",
  async (partition, region, bucket, wire, to) => {
    expect(await addressed(partition, region, bucket, wire)).toBe(to);
  },
);

it("looks for no other address in the environment", async () => {
  process.env.AWS_ENDPOINT_URL_S3 = "http://ambient.example:1234";
  try {
    expect(await addressed("aws", "eu-west-1", "acme-logs", {})).toContain(
      "acme-logs.s3.eu-west-1.amazonaws.com",
    );
  } finally {
    delete process.env.AWS_ENDPOINT_URL_S3;
  }
});

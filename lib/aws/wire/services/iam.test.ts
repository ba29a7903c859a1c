import { expect, it } from "vitest";
import { createClients, defaultWire } from "@/lib/aws/wire/clients";
import type { Partition } from "@/lib/checks/facts/facts";
import { iam } from "./iam";

it.each([
  ["aws", "iam.amazonaws.com", "us-east-1"],
  ["aws-us-gov", "iam.us-gov.amazonaws.com", "us-gov-west-1"],
  ["aws-cn", "iam.cn-north-1.amazonaws.com.cn", "cn-north-1"],
  ["aws-eusc", "iam.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1"],
] as const)(
  "asks the one endpoint of %s, signed for its Region",
  async (partition: Partition, host, region) => {
    const identity = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" };
    const clients = createClients(partition, async () => identity, defaultWire);
    const client = clients.of(iam, "eu-west-1");
    expect((await client.config.endpoint?.())?.hostname).toBe(host);
    expect(await client.config.region()).toBe(region);
    expect(clients.of(iam, "us-west-2")).toBe(client);
  },
);

import { afterEach, expect, it } from "vitest";
import type { Partition } from "@/lib/checks/facts/facts";
import { primaryRegion } from "@/lib/checks/regions";
import { createClients, defaultWire, type WireSettings } from "./clients";
import { cloudTrail } from "./services/cloudtrail";
import { ec2 } from "./services/ec2";
import { organizations } from "./services/organizations";
import { sts } from "./services/sts";

const ambient = "http://ambient.example:1234";

afterEach(() => {
  delete process.env.AWS_ENDPOINT_URL;
});

function clientsOf(partition: Partition, wire: Partial<WireSettings> = {}) {
  const identity = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" };
  return createClients(partition, async () => identity, { ...defaultWire, ...wire });
}

/** Where the client would send a request. */
async function hostOf(client: { config: { endpoint?: (() => Promise<{ hostname: string }>) | undefined } }) {
  return (await client.config.endpoint?.())?.hostname;
}

it.each([
  ["aws", "amazonaws.com", "organizations.us-east-1.amazonaws.com"],
  ["aws-us-gov", "amazonaws.com", "organizations.us-gov-west-1.amazonaws.com"],
  ["aws-cn", "amazonaws.com.cn", "organizations.cn-northwest-1.amazonaws.com.cn"],
  ["aws-eusc", "amazonaws.eu", "organizations.eusc-de-east-1.amazonaws.eu"],
] as const)(
  "sends the requests of %s to its own Regional endpoints, whatever the environment says",
  async (partition, suffix, organizationsHost) => {
    process.env.AWS_ENDPOINT_URL = ambient;
    const clients = clientsOf(partition);
    const region = primaryRegion(partition);
    expect(await hostOf(clients.of(sts, region))).toBe(`sts.${region}.${suffix}`);
    expect(await hostOf(clients.of(cloudTrail, region))).toBe(`cloudtrail.${region}.${suffix}`);
    expect(await hostOf(clients.of(ec2, region))).toBe(`ec2.${region}.${suffix}`);
    expect(await hostOf(clients.of(organizations, region))).toBe(organizationsHost);
  },
);

it("takes the operator's endpoint for every service", async () => {
  process.env.AWS_ENDPOINT_URL = ambient;
  const clients = clientsOf("aws", { endpoint: "http://127.0.0.1:9" });
  for (const client of [
    clients.of(sts, "us-east-1"),
    clients.of(cloudTrail, "eu-west-1"),
    clients.of(organizations, "us-east-1"),
  ]) {
    expect(await hostOf(client)).toBe("127.0.0.1");
  }
});

it("leaves the environment in charge where a person runs the command line", () => {
  const client = clientsOf("aws", { honorAmbientEndpoint: true }).of(cloudTrail, "eu-west-1");
  expect(client.config.isCustomEndpoint ?? false).toBe(false);
});

it("makes one client per Region, all on one connection pool", () => {
  const clients = clientsOf("aws");
  const other = clientsOf("aws");
  expect(clients.of(cloudTrail, "eu-west-1")).toBe(clients.of(cloudTrail, "eu-west-1"));
  expect(clients.of(cloudTrail, "eu-west-1")).not.toBe(clients.of(cloudTrail, "us-east-1"));
  expect(clients.of(cloudTrail, "eu-west-1").config.requestHandler).toBe(
    other.of(sts, "us-east-1").config.requestHandler,
  );
});

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Reply = (response: ServerResponse, request: IncomingMessage & { body: string }) => void;

/** A server on the loopback that answers AWS requests as a test scripts it: for answers no real AWS gives. */
export async function wireServer(reply: Reply): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => reply(response, Object.assign(request, { body })));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const xml = { "content-type": "text/xml", "x-amzn-requestid": "00000000-0000-4000-8000-000000000001" };
const json = { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": xml["x-amzn-requestid"] };

export function replyJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, json).end(typeof value === "string" ? value : JSON.stringify(value));
}

export function replyXml(response: ServerResponse, text: string, status = 200): void {
  response.writeHead(status, xml).end(text);
}

/** Secrets that no output may contain. */
export const canary = {
  secret: "CANARYsecretCANARYsecretCANARYsecretCANA",
  token: `FwoGZXIvYXdzCANARY${"t".repeat(100)}`,
} as const;

/** Healthy STS, EC2 and Organizations; CloudTrail is the test's. */
export function accountReply(accountId: string, regions: readonly string[], cloudTrail: Reply): Reply {
  const reply = (response: ServerResponse, member: string, inner: string) =>
    replyXml(response, `<${member}Response><${member}Result>${inner}</${member}Result></${member}Response>`);
  return (response, request) => {
    if (request.body.includes("Action=AssumeRole")) {
      const { secret, token } = canary;
      const keys = `<AccessKeyId>ASIACANARYCANARYCANA</AccessKeyId><SecretAccessKey>${secret}</SecretAccessKey><SessionToken>${token}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>`;
      return reply(response, "AssumeRole", `<Credentials>${keys}</Credentials>`);
    }
    if (request.body.includes("Action=GetCallerIdentity")) {
      return reply(response, "GetCallerIdentity", `<Account>${accountId}</Account>`);
    }
    if (request.body.includes("Action=DescribeRegions")) {
      const items = regions.map(
        (name) =>
          `<item><regionName>${name}</regionName><optInStatus>opt-in-not-required</optInStatus></item>`,
      );
      return replyXml(
        response,
        `<DescribeRegionsResponse><regionInfo>${items.join("")}</regionInfo></DescribeRegionsResponse>`,
      );
    }
    if (String(request.headers["x-amz-target"]).includes("DescribeOrganization")) {
      return replyJson(response, { __type: "AWSOrganizationsNotInUseException", message: "none" }, 400);
    }
    return cloudTrail(response, request);
  };
}

/** Region that a request was signed for. */
export function signedRegion(request: IncomingMessage): string {
  return /Credential=[^/]+\/\d+\/([^/]+)\//.exec(String(request.headers.authorization))?.[1] ?? "";
}

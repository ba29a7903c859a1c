import { Form } from "./form";

export type Protocol = "json" | "query" | "ec2" | "s3";

/** One signed request, understood far enough to route it. Signatures are not checked. */
export interface WireRequest {
  readonly service: string;
  readonly region: string;
  readonly protocol: Protocol;
  /** Operation name; for S3 derived by its own service. */
  readonly operation: string;
  readonly accessKeyId: string | undefined;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

const scopePattern = /Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request/;

/** Service and Region from the SigV4 credential scope, operation from target or form. */
export function understand(
  method: string,
  url: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: Buffer,
): WireRequest {
  const questionMark = url.indexOf("?");
  const path = questionMark === -1 ? url : url.slice(0, questionMark);
  const query = new URLSearchParams(questionMark === -1 ? "" : url.slice(questionMark + 1));
  const authorization = single(headers.authorization) ?? "";
  const presigned = query.get("X-Amz-Credential");
  const scope = scopePattern.exec(presigned ? `Credential=${presigned}` : authorization);
  const target = single(headers["x-amz-target"]) ?? "";
  const service = scope?.[4] ?? serviceOfTarget(target);
  const protocol = protocolOf(service, target);
  let operation = "";
  // Account management is REST: `POST /enableRegion`.
  if (service === "account") operation = path.charAt(1).toUpperCase() + path.slice(2);
  else if (protocol === "json") operation = target.slice(target.lastIndexOf(".") + 1);
  else if (protocol !== "s3") {
    operation = new Form(body.toString("utf8")).text("Action") ?? query.get("Action") ?? "";
  }
  return {
    service,
    region: scope?.[3] ?? "us-east-1",
    protocol,
    operation,
    accessKeyId: scope?.[1],
    method,
    path,
    query,
    headers,
    body,
  };
}

function protocolOf(service: string, target: string): Protocol {
  if (service === "s3") return "s3";
  if (service === "ec2") return "ec2";
  return target || service === "account" ? "json" : "query";
}

function serviceOfTarget(target: string): string {
  if (/CloudTrail_20131101/.test(target)) return "cloudtrail";
  if (/AWSOrganizations/.test(target)) return "organizations";
  return "sts";
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

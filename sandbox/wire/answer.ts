import type { AwsError } from "./aws-error";
import type { WireRequest } from "./request";
import { escapeXml, toXml, type XmlValue } from "./xml";

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string | Buffer;
}

const namespaces: Readonly<Record<string, string>> = {
  sts: "https://sts.amazonaws.com/doc/2011-06-15/",
  iam: "https://iam.amazonaws.com/doc/2010-05-08/",
  ec2: "http://ec2.amazonaws.com/doc/2016-11-15/",
};

/** The success answer of an operation in its protocol: JSON 1.1, Query XML or EC2 XML. */
export function render(request: WireRequest, output: object, requestId: string): Answer {
  const { service, operation } = request;
  if (request.protocol === "json") {
    return {
      status: 200,
      headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": requestId },
      body: JSON.stringify(output),
    };
  }
  const fields = output as { [name: string]: XmlValue };
  if (request.protocol === "ec2") {
    return xmlAnswer(
      200,
      requestId,
      `<${operation}Response xmlns="${namespaces.ec2}"><requestId>${requestId}</requestId>${toXml(fields, "item")}</${operation}Response>`,
    );
  }
  const result =
    Object.keys(fields).length > 0
      ? `<${operation}Result>${toXml(fields, "member")}</${operation}Result>`
      : "";
  return xmlAnswer(
    200,
    requestId,
    `<${operation}Response xmlns="${namespaces[service] ?? namespaces.sts}">${result}` +
      `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
  );
}

export function renderError(request: WireRequest, error: AwsError, requestId: string): Answer {
  const code = escapeXml(error.code);
  const message = escapeXml(error.message);
  if (request.protocol === "json") {
    return {
      status: error.status,
      headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": requestId },
      body: JSON.stringify(
        request.service === "organizations"
          ? { __type: error.code, Message: error.message }
          : { __type: error.code, message: error.message },
      ),
    };
  }
  if (request.protocol === "ec2") {
    return xmlAnswer(
      error.status,
      requestId,
      `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>${requestId}</RequestID></Response>`,
    );
  }
  if (request.protocol === "s3") {
    const answer = xmlAnswer(
      error.status,
      requestId,
      `<Error><Code>${code}</Code><Message>${message}</Message><Resource>${escapeXml(request.path)}</Resource><RequestId>${requestId}</RequestId></Error>`,
    );
    const headers = { ...answer.headers, ...error.headers };
    return { ...answer, headers, body: request.method === "HEAD" ? "" : answer.body };
  }
  const type = error.status >= 500 ? "Receiver" : "Sender";
  return xmlAnswer(
    error.status,
    requestId,
    `<ErrorResponse xmlns="${namespaces[request.service] ?? namespaces.sts}"><Error><Type>${type}</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  );
}

export function xmlAnswer(status: number, requestId: string, xml: string): Answer {
  return {
    status,
    headers: { "content-type": "text/xml;charset=UTF-8", "x-amzn-requestid": requestId },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`,
  };
}

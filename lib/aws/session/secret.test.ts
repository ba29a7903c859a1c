import { inspect } from "node:util";
import { expect, it } from "vitest";
import { redact, redactText } from "@/lib/aws/wire/redact";
import { Secret } from "./secret";

it("never shows a secret, however it is printed", () => {
  const secret = new Secret({ key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" });
  const shown = [
    `${secret}`,
    JSON.stringify({ secret }),
    inspect({ secret }, { depth: 9, showHidden: true }),
  ];
  for (const text of shown) expect(text).not.toContain("wJalr");
  expect(secret.reveal().key).toContain("wJalr");
});

it("removes credentials by key and by shape, and keeps the rest", () => {
  const clean = redact({
    $metadata: { attempts: 1 },
    Credentials: { AccessKeyId: "ASIAABCDEFGHIJKLMNOP" },
    note: "key ASIAABCDEFGHIJKLMNOP of arn:aws:iam::111122223333:role/PosturioReadOnly",
    at: new Date("2026-11-22T12:00:00Z"),
    list: [{ SessionToken: "x" }],
  });
  expect(clean).toEqual({
    Credentials: "[redacted]",
    note: "key [redacted] of arn:aws:iam::111122223333:role/PosturioReadOnly",
    at: "2026-11-22T12:00:00.000Z",
    list: [{ SessionToken: "[redacted]" }],
  });
  expect(redactText(`token=FwoGZXIvYXdzE${"a".repeat(60)} end`)).toBe("token=[redacted] end");
});

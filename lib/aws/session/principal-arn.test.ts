import { expect, it } from "vitest";
import { principalOf } from "./principal-arn";

it.each([
  ["arn:aws:sts::999999999999:assumed-role/scanner/i-0abc", "arn:aws:iam::999999999999:role/scanner"],
  [
    "arn:aws-us-gov:sts::999999999999:assumed-role/scanner/x",
    "arn:aws-us-gov:iam::999999999999:role/scanner",
  ],
  ["arn:aws:iam::999999999999:user/ops/jo", "arn:aws:iam::999999999999:user/ops/jo"],
  ["arn:aws:iam::999999999999:root", "arn:aws:iam::999999999999:root"],
  [
    "arn:aws:sts::999999999999:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/jo",
    "arn:aws:iam::999999999999:root",
  ],
])("%s is trusted as %s", (caller, arn) => {
  expect(principalOf(caller)?.arn).toBe(arn);
});

it.each(["", "nonsense", "arn:aws:sts::999999999999:federated-user/jo"])(
  "%j names no principal",
  (caller) => {
    expect(principalOf(caller)).toBeNull();
  },
);

import { expect, it } from "vitest";
import { scannerOf } from "./scanner";

it.each([
  ["arn:aws:iam::111122223333:role/Audit", { kind: "role", name: "Audit", path: "" }],
  [
    "arn:aws:iam::111122223333:role/security/read/Audit",
    { kind: "role", name: "Audit", path: "security/read/" },
  ],
  [
    "arn:aws-us-gov:sts::111122223333:assumed-role/Audit/posturio-7",
    { kind: "role", name: "Audit", path: "" },
  ],
  ["arn:aws:iam::111122223333:user/ci/reader", { kind: "user", name: "reader", path: "ci/" }],
  ["arn:aws:iam::111122223333:root", null],
  ["arn:aws:sts::111122223333:federated-user/Bob", null],
  ["arn:aws:iam::111122223333:role/Audit;touch PWNED", null],
  ["", null],
])("%s", (arn, scanner) => {
  expect(scannerOf(arn)).toEqual(scanner);
});

import { inspect } from "node:util";
import { expect, it } from "vitest";
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

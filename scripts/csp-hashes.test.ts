import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { inlineScriptHashes, routeOf } from "./csp-hashes.mjs";

const hash = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

test("every inline script is hashed byte for byte, and scripts with an address are not", () => {
  const html = `<script src="/a.js" async=""></script><script>self.x=1</script><script id="b">
 y(2) </script><script>self.x=1</script>`;
  expect(inlineScriptHashes(html)).toEqual([hash("self.x=1"), hash("\n y(2) ")].sort());
});

test("a prerendered file is known by the route it answers", () => {
  expect(routeOf("index.html")).toBe("/");
  expect(routeOf("checks/cloudtrail.html")).toBe("/checks/cloudtrail");
});

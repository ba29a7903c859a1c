import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = "app/(product)";

/** They read the request and nothing else. */
const readNothing = ["layout.tsx", "(auth)/layout.tsx", "o/[org]/settings/page.tsx"];

const parts = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
  /(^|\/)(page|layout)\.tsx$/.test(file),
);

test("every page and layout that reads the database answers 503 while it is away", () => {
  expect(parts.length).toBeGreaterThan(20);
  const bare = parts.filter(
    (file) => !readFileSync(join(folder, file), "utf8").includes("export default orUnavailable("),
  );
  expect(bare.sort()).toEqual([...readNothing].sort());
});

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { command } from "./command.mjs";
import { holdLock } from "./hold-lock.mjs";
import { root } from "./paths.mjs";
import { step } from "./progress.mjs";

const generated = join(root, "lib", "db", "generated");

/** Beside the generated client: what it was made from. */
export const clientStamp = join(generated, "made-from");

/** Names schema and generator: another one asks for another client. Needs the dependencies installed. */
export function clientSource() {
  const hash = createHash("sha256");
  for (const file of ["prisma/schema.prisma", "node_modules/prisma/package.json"]) {
    hash.update(readFileSync(join(root, file))).update("\0");
  }
  return hash.digest("hex");
}

function isGenerated() {
  return (
    existsSync(join(generated, "client.ts")) &&
    existsSync(clientStamp) &&
    readFileSync(clientStamp, "utf8") === clientSource()
  );
}

/** Generates the Prisma client unless it is there already, made from the schema as it is now. */
export async function ensureClient() {
  if (isGenerated()) return;
  const release = await holdLock("client", "Another start is generating the database client: waiting for it");
  try {
    if (isGenerated()) return;
    await step("Generating the database client", () =>
      command("prisma generate", [join(root, "scripts", "prisma-generate.mjs")]),
    );
  } finally {
    release();
  }
}

import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "./progress.mjs";

/** Writes a file that only its owner may read, whole or not at all. */
export function writePrivate(path, value) {
  writeFileSync(`${path}.partial`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.partial`, path);
}

/** Secrets of this installation, made at its first start. */
export function installationSecrets(home) {
  mkdirSync(join(home, "logs"), { recursive: true, mode: 0o700 });
  const path = join(home, "secrets.json");
  const known = existsSync(path) ? parsed(path) : {};
  const secrets = {
    installation: known.installation ?? randomBytes(4).toString("hex"),
    nextauthSecret: known.nextauthSecret ?? randomBytes(32).toString("base64url"),
    appPassword: known.appPassword ?? randomBytes(24).toString("base64url"),
    authPassword: known.authPassword ?? randomBytes(24).toString("base64url"),
    keeperPassword: known.keeperPassword ?? randomBytes(24).toString("base64url"),
    ownerPassword: known.ownerPassword ?? randomBytes(24).toString("base64url"),
    demoPassword: known.demoPassword ?? `demo-${randomBytes(9).toString("base64url")}`,
    demoToken: known.demoToken ?? `pst_live_${randomBytes(32).toString("base64url")}`,
  };
  writePrivate(path, secrets);
  return secrets;
}

/** New secrets would not open what the old ones closed: a damaged file is said, never replaced. */
function parsed(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Refusal(
      `${path} holds the secrets of this installation and cannot be read: it is not JSON. Put back the copy from your backup, or move the folder away to begin anew.`,
    );
  }
}

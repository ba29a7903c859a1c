import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadEmbedded } from "./programs.mjs";
import { Refusal, say } from "./progress.mjs";

/**
 * The database of this installation and the addresses it is used by: `appUrl` runs the product, `authUrl` knows
 * who may enter, `keeperUrl` keeps the history, `ownerUrl` migrates, `adminUrl` makes the roles. The operator's own when
 * DATABASE_URL is set, else the embedded one.
 */
export async function startDatabase({ home, secrets, dev }) {
  if (process.env.DATABASE_URL) return ownDatabase(process.env, secrets);
  const { startEmbeddedPostgres } = await loadEmbedded(dev);
  const server = await startEmbeddedPostgres({ dataDir: dataDirectory(home, secrets.installation) });
  let stopping = false;
  return {
    appUrl: server.appUrl,
    authUrl: server.authUrl,
    keeperUrl: server.keeperUrl,
    ownerUrl: server.ownerUrl,
    adminUrl: server.superuserUrl,
    onExit: (listener) => void server.exited.then(() => !stopping && listener()),
    stop: () => {
      stopping = true;
      return server.stop();
    },
  };
}

/**
 * Root's data stands outside the clone, keyed by this path: whoever removes .posturio and starts again gets a new
 * installation, not an old database whose passwords are gone. An installation from before it had an id keeps its data
 * where it is.
 */
export function dataDirectory(home, installation) {
  const directory = join(home, "postgres");
  const holdsData = ["PG_VERSION", "location.txt"].some((name) => existsSync(join(directory, name)));
  return holdsData ? directory : join(directory, installation);
}

/**
 * DATABASE_URL of the role posturio_app is used as it is. Any other role is taken for an administrator, and the
 * product's roles are made in that database with passwords of this installation.
 */
export function ownDatabase(env, secrets) {
  let url;
  try {
    url = new URL(env.DATABASE_URL);
  } catch {
    throw new Refusal(
      "DATABASE_URL is not a URL. Example: postgresql://user:password@localhost:5432/posturio",
    );
  }
  const as = (role, password) => {
    const other = new URL(url);
    other.username = role;
    other.password = password;
    return other.href;
  };
  const rest = { onExit: () => {}, stop: async () => {} };
  if (decodeURIComponent(url.username) === "posturio_app") {
    if (!env.DATABASE_AUTH_URL) {
      throw new Refusal(
        "DATABASE_AUTH_URL is not set. Give the same database as the role posturio_auth, or an administrator's address as DATABASE_URL, which creates the roles.",
      );
    }
    if (!env.DATABASE_OWNER_URL) say("DATABASE_OWNER_URL is not set: migrations are left to you");
    return {
      appUrl: url.href,
      authUrl: env.DATABASE_AUTH_URL,
      keeperUrl: env.DATABASE_KEEPER_URL || undefined,
      ownerUrl: env.DATABASE_OWNER_URL || undefined,
      adminUrl: env.DATABASE_ADMIN_URL || undefined,
      ...rest,
    };
  }
  return {
    appUrl: as("posturio_app", secrets.appPassword),
    authUrl: as("posturio_auth", secrets.authPassword),
    keeperUrl: as("posturio_keeper", secrets.keeperPassword),
    ownerUrl: as("posturio_owner", secrets.ownerPassword),
    // The database of DATABASE_URL is made when it is not there yet; `postgres` always is.
    adminUrl: Object.assign(new URL(url), { pathname: "/postgres" }).href,
    ...rest,
  };
}

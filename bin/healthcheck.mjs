/**
 * For the health checks of the containers, which have no curl: exit code 0 while the process does its rounds. Nothing
 * is asked of others: a container that is restarted because another one is away only makes things worse.
 *
 *   node bin/healthcheck.mjs web [patience in ms] | worker
 */
import { statSync } from "node:fs";

/** The worker touches its file every five seconds. */
const staleAfterMs = 30_000;
/** Less than the engine's own patience (10 s in docker-compose.yml), which would end us without a word. */
const patienceMs = Number(process.argv[3] ?? 8_000);

const checks = {
  web: async () => {
    const address = `http://127.0.0.1:${process.env.PORT ?? 3000}/api/health/live`;
    const answer = await fetch(address, { signal: AbortSignal.timeout(patienceMs) });
    if (!answer.ok) throw new Error(`${address} was answered ${answer.status}`);
  },
  worker: () => {
    const file = process.env.POSTURIO_ALIVE_FILE ?? "";
    const ageMs = Date.now() - statSync(file).mtimeMs;
    if (ageMs > staleAfterMs) throw new Error(`${file} was last touched ${Math.round(ageMs / 1000)} s ago`);
  },
};

try {
  await checks[process.argv[2]]();
} catch (error) {
  process.stdout.write(`${error.message}\n`);
  process.exit(1);
}

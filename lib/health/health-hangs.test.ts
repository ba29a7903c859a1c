import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterEach, expect, test, vi } from "vitest";

afterEach(() => vi.unstubAllEnvs());

/** Takes every connection and says nothing, as a machine does whose disk hangs. */
async function silentServer() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => sockets.size,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

test.each(["PostgreSQL", "Redis"])(
  "health answers in time while the database and a queue on %s take calls and never answer",
  async (queue) => {
    const silent = await silentServer();
    vi.stubEnv("DATABASE_URL", `postgresql://posturio_app@127.0.0.1:${silent.port}/posturio`);
    vi.stubEnv("DATABASE_AUTH_URL", `postgresql://posturio_auth@127.0.0.1:${silent.port}/posturio`);
    vi.stubEnv("REDIS_URL", queue === "Redis" ? `redis://127.0.0.1:${silent.port}` : "");
    vi.resetModules();
    const { readHealth } = await import("./health");
    const { disconnect } = await import("@/lib/db/client");

    const asked = performance.now();
    const health = await readHealth(Date.now(), 500);
    const took = performance.now() - asked;
    expect(health.failing).toEqual(["database", "queue", "worker", "history"]);
    expect(health.parts.database).toBe("The database does not answer.");
    // It waited, as nothing was refused, and not for longer than it should.
    expect(took).toBeGreaterThan(450);
    expect(took).toBeLessThan(2_500);
    expect(silent.connections()).toBeGreaterThan(0);

    silent.close();
    await disconnect();
  },
);

import { createServer } from "node:net";
import { Refusal } from "./progress.mjs";

/** Why a port cannot be had: the code of the error, or null when nobody listens there, on any address. */
async function obstacle(port) {
  for (const host of ["127.0.0.1", "0.0.0.0", "::"]) {
    const error = await new Promise((resolve) => {
      const probe = createServer();
      probe.once("error", resolve);
      probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(null)));
    });
    // A machine without IPv6 answers EADDRNOTAVAIL or EAFNOSUPPORT: that says nothing about the port.
    if (error && (error.code === "EADDRINUSE" || error.code === "EACCES")) return error.code;
  }
  return null;
}

/** A port that is free now. */
export function anyPort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** The port that PORT names, or null when it names none. Refuses one that cannot be had. */
export async function refuseTakenPort() {
  const asked = process.env.PORT;
  if (asked === undefined || asked === "") return null;
  const port = Number(asked);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Refusal(`PORT=${asked} is not a port: it is a number from 1 to 65535.`);
  }
  switch (await obstacle(port)) {
    case null:
      return port;
    case "EACCES":
      throw new Refusal(
        `This user may not listen on port ${port}: ports below 1024 are for root. Start with another one: PORT=3001 npm start`,
      );
    default:
      throw new Refusal(`Port ${port} is taken. Free it, or start with another one: PORT=3001 npm start`);
  }
}

/** PORT when it is given, and a refusal when that is taken; else the first free one from 3000 on. */
export async function choosePort() {
  const asked = await refuseTakenPort();
  if (asked !== null) return asked;
  for (let port = 3000; port < 3100; port++) if ((await obstacle(port)) === null) return port;
  throw new Refusal("No port between 3000 and 3099 is free. Name one: PORT=8080 npm start");
}

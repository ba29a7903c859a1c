import { Client } from "pg";
import { DatabaseUnreachable } from "./database-unreachable";

/** A server that accepts a connection and says nothing must not hold a start for ever. */
const connectTimeoutMs = 10_000;

/**
 * Runs `work` on a connection of its own, as the role of the URL, and closes it. Throws DatabaseUnreachable when there
 * is none to be had.
 */
export async function withClient<T>(
  connectionString: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await connect(connectionString);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function connect(connectionString: string): Promise<Client> {
  try {
    const client = new Client({ connectionString, connectionTimeoutMillis: connectTimeoutMs });
    // Without a listener a connection that breaks while idle would end the process.
    client.on("error", () => undefined);
    await client.connect();
    return client;
  } catch (error) {
    throw new DatabaseUnreachable(connectionString, error);
  }
}

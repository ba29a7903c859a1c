import { describe, expect, test } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import { checkQueue, QueueUnusable } from "./check-queue";
import { queueContract } from "./testing/queue-contract";

const database = testDatabase();

describe("the queue on PostgreSQL", () => {
  queueContract("postgres");

  test("is refused before its tables have been created", async () => {
    await database.sql("ALTER SCHEMA bullmq RENAME TO elsewhere");
    await expect(checkQueue()).rejects.toThrow(QueueUnusable);
    await database.sql("ALTER SCHEMA elsewhere RENAME TO bullmq");
    await checkQueue();
  });
});

import { expect, test } from "vitest";
import { env } from "@/lib/env";
import { GET } from "./route";

test("a process that answers is alive, without a database or a queue", async () => {
  expect(env.DATABASE_URL).toBe("");
  const answer = await GET();
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({ status: "ok" });
  expect(answer.headers.get("cache-control")).toBe("no-store");
});

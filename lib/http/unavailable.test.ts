import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { problemResponse, toProblem } from "./problem";
import { tellable } from "./unavailable";

const id = "00000000-0000-4000-8000-000000000000";
const away = Object.assign(new Error("connect ECONNREFUSED 10.0.0.1:5432"), { code: "ECONNREFUSED" });

describe("a database that is away", () => {
  it("is answered 503 with when to come back, and tells nothing of where it is", async () => {
    const response = problemResponse(away, id);
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("5");
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ code: "unavailable", status: 503, requestId: id });
    expect(text).not.toContain("10.0.0.1");
    // The log says why.
    expect(tellable(away)).toMatchObject({ code: "unavailable", cause: away });
  });

  it("is told from a bug and from what a use case says", () => {
    const bug = new Error("undefined is not a function");
    expect(tellable(bug)).toBe(bug);
    expect(toProblem(bug, id).status).toBe(500);
    const refusal = new AppError("conflict", "Already so.", { cause: away });
    expect(tellable(refusal)).toBe(refusal);
  });
});

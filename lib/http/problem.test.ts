import { describe, expect, it } from "vitest";
import { AppError, notFound } from "@/lib/errors";
import { problemResponse, problemSchema, toProblem } from "./problem";

const id = "00000000-0000-4000-8000-000000000000";

describe("toProblem", () => {
  it.each([
    ["invalid_input", 422],
    ["unauthenticated", 401],
    ["forbidden", 403],
    ["not_found", 404],
    ["conflict", 409],
    ["verification_required", 409],
    ["idempotency_key_reused", 409],
    ["idempotency_in_progress", 409],
    ["rate_limited", 429],
    ["foreign_origin", 403],
    ["unavailable", 503],
  ] as const)("answers %s with %i", (code, status) => {
    const problem = toProblem(new AppError(code, "What happened."), id);
    expect(problem).toMatchObject({ status, code, detail: "What happened.", requestId: id });
    expect(problemSchema.parse(problem)).toEqual(problem);
  });

  it("tells nothing of an error that is not meant for people", async () => {
    const problem = toProblem(new Error("password=hunter2 at 10.0.0.1"), id);
    expect(problem.status).toBe(500);
    expect(JSON.stringify(problem)).not.toContain("hunter2");
    expect(problem.requestId).toBe(id);
  });

  it("names each field", () => {
    const error = new AppError("invalid_input", "Look again.", { fields: { name: "Too short." } });
    expect(toProblem(error, id).errors).toEqual([{ field: "name", message: "Too short." }]);
  });

  it("has the members of its code: what stands now, what can be done, what is missing", () => {
    const current = { name: "Payments", everyMinutes: null, version: 4 };
    const guards = [{ id: "ticket", message: "Name the ticket.", needs: ["ticket"] }];
    for (const [error, status, members] of [
      [new AppError("version_conflict", "Changed.", { current }), 409, { current }],
      [new AppError("transition_not_allowed", "No.", { allowed: ["start"] }), 409, { allowed: ["start"] }],
      [new AppError("guard_unmet", "Missing.", { guards }), 422, { guards }],
    ] as const) {
      const problem = toProblem(error, id);
      expect(problem).toMatchObject({ status, ...members });
      expect(problemSchema.parse(problem)).toEqual(problem);
    }
    // @ts-expect-error A code with members of its own is not thrown without them.
    new AppError("guard_unmet", "Missing.");
    // @ts-expect-error Nor with another's.
    new AppError("transition_not_allowed", "No.", { guards });
  });
});

describe("problemResponse", () => {
  it("is problem+json, never stored, with the request id", async () => {
    const response = problemResponse(notFound(), id);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-request-id")).toBe(id);
  });

  it("says how long to wait", () => {
    const response = problemResponse(new AppError("rate_limited", "Wait.", { retryAfter: 40 }), id);
    expect(response.headers.get("retry-after")).toBe("40");
  });
});

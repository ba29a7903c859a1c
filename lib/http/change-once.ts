import { AppError } from "@/lib/errors";
import { sha256OfJson, sha256OfText } from "@/lib/evidence/canonical-json";
import type { Step } from "@/lib/tenancy/steps";
import type { TenantContext } from "@/lib/tenancy/tenant-context";
import { performInSteps } from "./answer-in-steps";
import type { Problem } from "./problem";

/**
 * A change in steps that a person asks for from a page: `name`, which the page made up for it, stands in for an
 * Idempotency-Key, so that a change whose answer was lost on the way is sent again and happens once.
 */
export async function changeOnce<T>(
  ctx: TenantContext,
  name: string,
  input: unknown,
  perform: (step: Step) => Promise<T>,
): Promise<T> {
  const request = { keyHash: sha256OfText(`page ${name}`), requestHash: sha256OfJson(input) };
  const answered = await performInSteps(ctx, request, 200, perform);
  if (answered.kind === "value") return answered.value;
  const { status, body } = answered.answer;
  const said: unknown = JSON.parse(body ?? "null");
  if (status < 400) return said as T;
  throw new AppError("conflict", (said as Problem).detail);
}

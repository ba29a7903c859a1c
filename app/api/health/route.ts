import { readHealth } from "@/lib/health/health";
import { route } from "@/lib/http/route";

export const dynamic = "force-dynamic";

/** For load balancers and the start script: 200 when work gets done here, else 503 with the failing part. */
export const GET = route({ auth: "none" }, async () => {
  const health = await readHealth();
  return Response.json(health, { status: health.status === "ok" ? 200 : 503 });
});

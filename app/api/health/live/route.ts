export const dynamic = "force-dynamic";

/** For whoever restarts a process that hangs: 200 while this one answers, whatever database and queue do. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
}

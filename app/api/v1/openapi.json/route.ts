import { openApiDocument } from "@/app/api/v1/openapi";
import { env } from "@/lib/env";
import { route } from "@/lib/http/route";

export const dynamic = "force-dynamic";

export const GET = route({ auth: "none" }, async () => openApiDocument(env.POSTURIO_URL));

import { publishedTemplate } from "@/lib/accounts/published-template";

export const dynamic = "force-static";

/** The role that customers create for us: for an operator to publish, and for anyone to read before connecting. */
export function GET(): Response {
  return new Response(publishedTemplate(), { headers: { "content-type": "text/yaml; charset=utf-8" } });
}

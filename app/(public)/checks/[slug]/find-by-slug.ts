import { notFound } from "next/navigation";
import { slugOf } from "@/components/checks/check-address";
import type { CheckDefinition } from "@/lib/checks/check";
import { checks } from "@/lib/checks/registry";

/** The check of a public address; answers 404 when there is none. */
export function findBySlug(slug: string): CheckDefinition {
  return checks.find((check) => slugOf(check) === slug) ?? notFound();
}

"use client";

import { useParams } from "next/navigation";
import { Failure } from "@/components/shell/failure";

/** The shell stays: one failing page does not take the others along. */
export default function OrganizationError({
  error,
  reset,
}: {
  readonly error: Error & { digest?: string };
  readonly reset: () => void;
}) {
  const { org } = useParams<{ org: string }>();
  return <Failure error={error} retry={reset} homeHref={`/o/${org}/findings`} />;
}

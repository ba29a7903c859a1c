"use client";

import { createContext, type ReactNode, useContext, useState } from "react";
import type { RegionOutcome } from "@/lib/checks/evaluation";
import type { Standing } from "./landing";

export type RegionDetail = readonly [name: string, detail: RegionOutcome["detail"]];

/** What this visit of a finding's page has seen of it. */
export interface Seen extends Standing {
  readonly regions: readonly RegionDetail[];
}

interface Visit {
  /** As the page showed it before the newest scan; null while there was none since it was opened. */
  readonly before: Seen | null;
  readonly now: Seen;
  /** A scan was asked for and the answer is on its way. */
  readonly isStarting: boolean;
  setStarting(isStarting: boolean): void;
}

const Visiting = createContext<Visit | null>(null);

/**
 * Remembers how the finding stood before a scan, so that the page can say what the scan changed. It is forgotten when
 * the page is left.
 */
export function VisitOf({ now, children }: { readonly now: Seen; readonly children: ReactNode }) {
  const [seen, setSeen] = useState<{ readonly before: Seen | null; readonly now: Seen }>({
    before: null,
    now,
  });
  const [isStarting, setStarting] = useState(false);
  if (seen.now.scan !== now.scan) setSeen({ before: seen.now, now });
  const before = seen.now.scan === now.scan ? seen.before : seen.now;
  return <Visiting value={{ before, now, isStarting, setStarting }}>{children}</Visiting>;
}

export function useVisit(): Visit {
  const visit = useContext(Visiting);
  if (visit === null) throw new Error("A part of a finding's page stands outside VisitOf.");
  return visit;
}

"use client";

import { createContext, type ReactNode, useContext, useState } from "react";
import type { RegionOutcome } from "@/lib/checks/evaluation";
import { isUnchanged, type Standing } from "./landing";

export type RegionDetail = readonly [name: string, detail: RegionOutcome["detail"]];

/** What this visit of a finding's page has seen of it. */
export interface Seen extends Standing {
  readonly regions: readonly RegionDetail[];
}

interface Visit {
  /** As the page showed it before the newest scan; null while there was none since it was opened. */
  readonly before: Seen | null;
  /** As it stood after the scan that is told of: the newest, unless that one only read the same once more. */
  readonly landed: Seen;
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
  const [seen, setSeen] = useState<Pick<Visit, "before" | "landed" | "now">>({
    before: null,
    landed: now,
    now,
  });
  const [isStarting, setStarting] = useState(false);
  const current = seen.now.scan === now.scan ? seen : after(seen, now);
  if (current !== seen) setSeen(current);
  const { before, landed } = current;
  return <Visiting value={{ before, landed, now, isStarting, setStarting }}>{children}</Visiting>;
}

/** A fix that has landed is read once more at once, to prove it: what it changed stays told. */
function after(seen: Pick<Visit, "before" | "landed" | "now">, now: Seen): typeof seen {
  const isSame = isUnchanged(seen.now, now) && seen.before !== null && !isUnchanged(seen.before, seen.landed);
  return isSame ? { ...seen, now } : { before: seen.now, landed: now, now };
}

export function useVisit(): Visit {
  const visit = useContext(Visiting);
  if (visit === null) throw new Error("A part of a finding's page stands outside VisitOf.");
  return visit;
}

import { defineWords, type WordOf } from "@/lib/words";

/** What a person's move is checked against. */
export interface MoveFacts {
  /** Owner after the move: the one it has, or the one given with it. */
  readonly hasOwner: boolean;
  /** The account is connected, and its role can be assumed. */
  readonly isAccountReadable: boolean;
  /** The finding came back at least twice: episodes so far. */
  readonly episode: number;
  readonly reason: string | null;
  /** What keeps the finding from coming back, or why nothing does. */
  readonly guardrail: string | null;
  readonly guardrailWaiver: string | null;
}

/** A condition of a move that does not hold yet. */
export interface UnmetGuard {
  readonly id: GuardId;
  /** What is missing, for people. */
  readonly message: string;
  /** Fields of the request that would meet it; empty where no field can. */
  readonly needs: readonly string[];
}

interface Guard {
  readonly isMet: (facts: MoveFacts) => boolean;
  readonly message: string;
  readonly needs: readonly string[];
}

/** From this episode on a claim says what keeps the finding from coming back once more. */
export const guardrailFromEpisode = 3;

const guards = {
  owner: {
    isMet: ({ hasOwner }) => hasOwner,
    message: "Somebody has to own it: choose an owner.",
    needs: ["ownerId"],
  },
  reason: {
    isMet: ({ reason }) => reason !== null && reason !== "",
    message: "Say why it goes back to Open.",
    needs: ["reason"],
  },
  account_readable: {
    isMet: ({ isAccountReadable }) => isAccountReadable,
    message: "We cannot read the account right now, so a fix could not be seen. Repair its connection first.",
    needs: [],
  },
  guardrail: {
    isMet: ({ episode, guardrail, guardrailWaiver }) =>
      episode < guardrailFromEpisode || guardrail !== null || guardrailWaiver !== null,
    message: "It came back at least twice. Choose a guardrail, or say why there is none.",
    needs: ["guardrail", "guardrailWaiver"],
  },
} as const satisfies Record<GuardId, Guard>;

export const guardIds = defineWords("guard", ["owner", "reason", "account_readable", "guardrail"]);
export type GuardId = WordOf<typeof guardIds>;

/** Those of the guards that do not hold, in their order. */
export function unmetGuards(ids: readonly GuardId[], facts: MoveFacts): readonly UnmetGuard[] {
  return ids
    .filter((id) => !guards[id].isMet(facts))
    .map((id) => ({ id, message: guards[id].message, needs: guards[id].needs }));
}

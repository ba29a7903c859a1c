import { z } from "zod";

/** The demo's accounts as the sandbox lists them. It is another program, so nothing of it is taken on trust. */
const state = z.object({
  accounts: z.array(z.object({ id: z.string(), name: z.string(), orgRole: z.string() })),
});

export type DemoAccount = z.infer<typeof state>["accounts"][number];

export async function demoAccountsOf(sandboxUrl: string): Promise<DemoAccount[]> {
  const response = await fetch(new URL("/_sandbox/state", sandboxUrl));
  if (!response.ok) throw new Error(`The sandbox answered ${response.status}.`);
  return state.parse(await response.json()).accounts;
}

/** Makes the account's role trust us with this external id, as the customer's template would. */
export async function trustExternalId(
  sandboxUrl: string,
  role: { account: string; roleName: string; externalId: string; principalArn: string },
): Promise<void> {
  const { account, roleName, externalId, principalArn } = role;
  const response = await fetch(new URL("/_sandbox/roles", sandboxUrl), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ account, roleName, externalIds: [externalId], principals: [principalArn] }),
  });
  if (!response.ok) throw new Error(`The sandbox did not make the role in ${account}: ${response.status}.`);
}

import { registerUser } from "@/lib/auth/sign-up";

/** The password of everyone whom makePerson() registers. */
export const password = "several plain words";

/** One network from which several people come. */
export const network = { address: "198.51.100.77", userAgent: "" };

let hop = 0;
/** A network that no one came from before. */
export const here = () => ({ address: `203.0.113.${++hop}`, userAgent: "" });

let people = 0;
/** A registered user whom no test has met before. */
export async function makePerson(): Promise<{ email: string; userId: string }> {
  const email = `known-${++people}@example.test`;
  const userId = await registerUser({ email, name: "Mina Example", password });
  if (userId === null) throw new Error("the address is taken");
  return { email, userId };
}

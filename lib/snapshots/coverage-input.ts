import { z } from "zod";
import { environments } from "@/lib/accounts/account-states";
import { checks } from "@/lib/checks/registry";
import { addDays } from "./day";

/** The longest time that is asked for at once, in days. */
const mostDays = 366;

const checkId = z.string().refine((id) => checks.some((check) => check.id === id), "There is no such check.");
const day = z.iso.date();

/** The check whose Regions are meant when none is named: the first of the registry. */
export const coverageCheck = checks[0]?.id ?? "";

export const stripQuery = z.strictObject({
  checkId: checkId.optional(),
  /** Today included. */
  days: z.int().min(1).max(90).optional(),
  limit: z.int().min(1).max(200).optional(),
  cursor: z.string().optional(),
});

export const overQuery = z
  .strictObject({
    checkId: checkId.optional(),
    environment: z.enum(environments.values).optional(),
    from: day,
    to: day,
  })
  .refine(({ from, to }) => from <= to, {
    path: ["to"],
    message: "The end must not be before the beginning.",
  })
  .refine(({ from, to }) => to < addDays(from, mostDays), {
    path: ["to"],
    message: `Ask for at most ${mostDays} days at once.`,
  });

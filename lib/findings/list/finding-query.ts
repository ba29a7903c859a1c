import { z } from "zod";
import { environments } from "@/lib/accounts/account-states";
import { checks } from "@/lib/checks/registry";
import { assurances, severities } from "@/lib/checks/words";
import { causes } from "@/lib/findings/cause-states";
import { findingStatuses, observations } from "@/lib/findings/lifecycle/states";
import {
  claimFilters,
  type FindingGroup,
  type FindingSort,
  findingGroups,
  findingSorts,
} from "@/lib/findings/list-states";
import { priorities } from "@/lib/findings/priority-states";

/** Several, with commas between them. A name that is given twice counts as one list. */
function several<S extends z.ZodType<string>>(one: S) {
  const split = (given: unknown) =>
    (Array.isArray(given) ? given : [given]).flatMap((text) =>
      typeof text === "string" ? text.split(",") : [text],
    );
  return z.preprocess((given) => (given === undefined ? [] : split(given)), z.array(one).max(50)).optional();
}

const ownerPattern = /^(me|none|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const day = String.raw`\d{4}-\d{2}-\d{2}`;
const duePattern = new RegExp(`^(overdue|today|week|${day}\\.\\.(${day})?|\\.\\.${day})$`);

const regionPattern = /^[a-z]{2,5}(-[a-z]{2,12}){1,3}-\d{1,2}$/;

/** Whether the text looks like the name of a Region. */
export function isRegionName(text: string): boolean {
  return regionPattern.test(text);
}

/** A range of whole numbers: `2`, `2..`, `..3`, `2..3`. */
const numbers = z
  .string()
  .regex(/^(\d{1,6}|\d{1,6}\.\.(\d{1,6})?|\.\.\d{1,6})$/, "Give a number or a range such as 2.. or 1..3.");

const described = { comma: "; several with commas" };

/** What the list can be asked for, in the URL of the page and of the API alike. Without a name: whatever there is. */
export const findingQueryShape = {
  q: z
    .string()
    .max(200)
    .optional()
    .describe("Words in account, key, check or short verdict, or a whole Region"),
  observation: several(z.enum(observations.values)).describe(
    `What the last evaluation said${described.comma}`,
  ),
  status: several(z.enum(findingStatuses.values)).describe(`none: never failed${described.comma}`),
  severity: several(z.enum(severities.values)).describe(`Of the verdict that stands${described.comma}`),
  priority: several(z.enum(priorities.values)).describe(`P1 is first${described.comma}`),
  owner: several(z.string().regex(ownerPattern, "Give the id of a member, me or none.")).describe(
    `Id of a member, me, or none for nobody${described.comma}`,
  ),
  accountId: several(z.uuid()).describe(`Id of an account${described.comma}`),
  environment: several(z.enum(environments.values)).describe(`Of the account${described.comma}`),
  region: several(z.string().regex(regionPattern, "Give a Region such as eu-west-1.")).describe(
    `Not wholly covered in one of these Regions${described.comma}`,
  ),
  due: z
    .string()
    .regex(duePattern, "Give overdue, today, week or a range of days such as 2026-12-01..2026-12-14.")
    .refine(
      (text) => text.match(new RegExp(day, "g"))?.every(isDay) ?? true,
      "One of these is not a valid day.",
    )
    .optional()
    .describe(
      "overdue, today, week (within seven days) or a range of days such as 2026-12-01..2026-12-14, in the organization's time zone",
    ),
  episode: numbers.optional().describe("How many episodes it has had: a number or a range such as 2.."),
  comebacks: numbers
    .optional()
    .describe("How often it failed again after it had passed: a number or a range such as 1.."),
  claim: several(z.enum(claimFilters.values)).describe(
    `open: claimed fixed; failed: a scan contradicted a claim of this episode${described.comma}`,
  ),
  checkId: several(z.enum(checks.map(({ id }) => id) as [string, ...string[]])).describe(
    `Id of a check${described.comma}`,
  ),
  cause: several(z.enum(causes.map(({ id }) => id) as [string, ...string[]])).describe(
    `What kind of gap it is${described.comma}`,
  ),
  assurance: several(z.enum(assurances.values)).describe(
    `Only passes, and how sure they are${described.comma}`,
  ),
  group: z
    .enum(findingGroups.values)
    .optional()
    .describe("What stands together. dueWeek is an order by due date"),
  sort: z
    .enum(findingSorts.values)
    .optional()
    .describe("Default priority, or due with group=dueWeek, which has no other; a minus turns it around"),
};

const ordered = (query: { group?: FindingGroup | undefined; sort?: FindingSort | undefined }) =>
  query.group !== "dueWeek" || query.sort === undefined || query.sort === "due" || query.sort === "-due";

/** Says that group and sort go together. */
export const orderRefusal = "Weeks are in the order of the due date: leave out sort, or sort by due.";

/** The names of a list's URL as one object; `more` are those of paging. */
export function findingQuery<M extends z.ZodRawShape>(more: M) {
  return z
    .strictObject({ ...findingQueryShape, ...more })
    .refine((query) => ordered(query as FindingQuery), { path: ["sort"], error: orderRefusal });
}

/** Filters, group and order. Empty lists mean no filter. */
export type FindingQuery = z.output<z.ZodObject<typeof findingQueryShape>>;

/** Names that narrow the list; the others only arrange it. */
export const filterNames = (Object.keys(findingQueryShape) as (keyof FindingQuery)[]).filter(
  (name) => name !== "group" && name !== "sort",
);

/** Whether weeks and order contradict each other. */
export const isOrdered = ordered;

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The ends of `2..3`; null where it is open. */
export function rangeOf(text: string): { readonly from: string | null; readonly to: string | null } {
  if (!text.includes("..")) return { from: text, to: text };
  const [from, to] = text.split("..");
  return { from: from || null, to: to || null };
}

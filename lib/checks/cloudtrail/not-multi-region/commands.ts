import type { AdvancedEventSelector, EventSelectors, TrailDescription } from "@/lib/checks/facts/cloudtrail";
import type { CommandPart } from "@/lib/checks/verdict";

/** Stands where only the person knows the value; the command does not run until it is replaced. */
export const bucketPlaceholder = "YOUR-LOG-BUCKET";
export const newTrailName = "management-events";

type TrailName = Pick<TrailDescription, "arn" | "homeRegion">;

/** Single-Region to multi-Region; only the trail's home Region accepts it (UpdateTrail, AWS API reference). */
export function makeMultiRegion(trail: TrailName): readonly CommandPart[] {
  return command("update-trail", trail.homeRegion, [
    { text: `--name ${trail.arn}` },
    { text: "--is-multi-region-trail", changed: true },
    { text: "--include-global-service-events", changed: true },
  ]);
}

export function startLogging(trail: TrailName): readonly CommandPart[] {
  return command("start-logging", trail.homeRegion, [{ text: `--name ${trail.arn}`, changed: true }]);
}

/**
 * Logs all management events and keeps whatever else the trail selects: PutEventSelectors replaces the whole
 * list, and a trail has either basic or advanced selectors. Null selectors: nothing is known to keep.
 */
export function logAllManagementEvents(
  trail: TrailName,
  selectors: EventSelectors | null,
): readonly CommandPart[] {
  const others = (selectors?.basic ?? []).filter((selector) => (selector.dataResources?.length ?? 0) > 0);
  if (others.length > 0 && (selectors?.advanced.length ?? 0) === 0) {
    const list = [
      { ReadWriteType: "All", IncludeManagementEvents: true },
      ...others.map((selector) => ({
        ReadWriteType: selector.readWriteType ?? "All",
        IncludeManagementEvents: false,
        DataResources: (selector.dataResources ?? []).map(({ type, values }) => ({
          Type: type,
          Values: values,
        })),
      })),
    ];
    return putSelectors(trail, "--event-selectors", list);
  }
  const kept = (selectors?.advanced ?? []).filter((selector) => !selectsManagement(selector)).map(asInput);
  const management = {
    Name: "Management events selector",
    FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }],
  };
  return putSelectors(trail, "--advanced-event-selectors", [management, ...kept]);
}

export function createTrail(region: string): readonly CommandPart[] {
  const create = command("create-trail", region, [
    { text: `--name ${newTrailName}` },
    { text: `--s3-bucket-name ${bucketPlaceholder}`, changed: true },
    { text: "--is-multi-region-trail", changed: true },
    { text: "--enable-log-file-validation" },
  ]);
  const start = command("start-logging", region, [{ text: `--name ${newTrailName}` }]);
  return joinCommands([create, start]);
}

/** Switches an opt-in Region on for the account that runs it. */
export function enableRegion(region: string): readonly CommandPart[] {
  return [{ text: "aws account enable-region \\\n  --region-name " }, { text: region, changed: true }];
}

/** One command after the other, each on its own lines. */
export function joinCommands(commands: readonly (readonly CommandPart[])[]): readonly CommandPart[] {
  return commands.flatMap((parts, index) => (index === 0 ? parts : [{ text: "\n\n" }, ...parts]));
}

function putSelectors(trail: TrailName, option: string, list: unknown): readonly CommandPart[] {
  return command("put-event-selectors", trail.homeRegion, [
    { text: `--trail-name ${trail.arn}` },
    { text: `${option} ${shellQuoted(JSON.stringify(list))}`, changed: true },
  ]);
}

function command(name: string, region: string, options: readonly CommandPart[]): readonly CommandPart[] {
  const lines = options.flatMap((option) => [{ text: " \\\n  " }, option]);
  return [{ text: `aws cloudtrail ${name} \\\n  --region ${region}` }, ...lines];
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function selectsManagement(selector: AdvancedEventSelector): boolean {
  return selector.fieldSelectors.some(
    (field) => field.field === "eventCategory" && field.equals?.includes("Management") === true,
  );
}

function asInput(selector: AdvancedEventSelector) {
  return {
    ...(selector.name === undefined ? {} : { Name: selector.name }),
    FieldSelectors: selector.fieldSelectors.map((field) => ({
      Field: field.field,
      ...nonEmpty("Equals", field.equals),
      ...nonEmpty("NotEquals", field.notEquals),
      ...nonEmpty("StartsWith", field.startsWith),
      ...nonEmpty("NotStartsWith", field.notStartsWith),
      ...nonEmpty("EndsWith", field.endsWith),
      ...nonEmpty("NotEndsWith", field.notEndsWith),
    })),
  };
}

function nonEmpty(name: string, values: readonly string[] | undefined) {
  return values === undefined || values.length === 0 ? {} : { [name]: values };
}

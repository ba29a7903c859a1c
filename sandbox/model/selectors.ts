import type { AdvancedSelectorSpec, SelectorSpec } from "../world/world-file";

/** A trail has either basic or advanced selectors; neither means the default, all management events. */
export interface Selectors {
  readonly basic: readonly SelectorSpec[] | undefined;
  readonly advanced: readonly AdvancedSelectorSpec[] | undefined;
}

/** What AWS returns for a trail whose selectors were never set. */
export const defaultSelectors: readonly AdvancedSelectorSpec[] = [
  {
    name: "Management events selector",
    fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }],
  },
];

/** Whether a trail with these selectors delivers this management event: any selector that matches is enough. */
export function delivers(selectors: Selectors, event: { source: string; readOnly: boolean }): boolean {
  const basic = selectors.basic ?? [];
  const advanced = selectors.advanced ?? [];
  if (basic.length === 0 && advanced.length === 0) return true;
  return basic.some((s) => basicMatches(s, event)) || advanced.some((s) => advancedMatches(s, event));
}

function basicMatches(selector: SelectorSpec, event: { source: string; readOnly: boolean }): boolean {
  if (selector.includeManagementEvents === false) return false;
  if (selector.excludeManagementEventSources?.includes(event.source)) return false;
  const kind = selector.readWriteType ?? "All";
  return kind === "All" || (kind === "ReadOnly") === event.readOnly;
}

function advancedMatches(
  selector: AdvancedSelectorSpec,
  event: { source: string; readOnly: boolean },
): boolean {
  return selector.fieldSelectors.every((field) => {
    const actual = fieldValue(field.field, event);
    if (actual === undefined) return false;
    if (field.equals && !field.equals.includes(actual)) return false;
    if (field.notEquals?.includes(actual)) return false;
    if (field.startsWith && !field.startsWith.some((start) => actual.startsWith(start))) return false;
    if (field.notStartsWith?.some((start) => actual.startsWith(start))) return false;
    if (field.endsWith && !field.endsWith.some((end) => actual.endsWith(end))) return false;
    return !field.notEndsWith?.some((end) => actual.endsWith(end));
  });
}

function fieldValue(field: string, event: { source: string; readOnly: boolean }): string | undefined {
  if (field === "eventCategory") return "Management";
  if (field === "readOnly") return String(event.readOnly);
  return field === "eventSource" ? event.source : undefined;
}

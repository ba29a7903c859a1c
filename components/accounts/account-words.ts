/** Schedules a person may choose, in minutes. */
export const schedules: readonly { readonly value: number; readonly label: string }[] = [
  { value: 360, label: "Every 6 hours" },
  { value: 720, label: "Every 12 hours" },
  { value: 1440, label: "Every day" },
  { value: 10_080, label: "Every week" },
];

export function scheduleLabel(minutes: number | null): string {
  if (minutes === null) return "Not scheduled";
  const known = schedules.find((entry) => entry.value === minutes);
  if (known) return known.label;
  return minutes % 60 === 0 ? `Every ${minutes / 60} hours` : `Every ${minutes} minutes`;
}

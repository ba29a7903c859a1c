/** Which return it is, from the second on: `, 2nd time`. The first one is said by the word alone. */
export function comebackWords(comebacks: number): string {
  return comebacks < 2 ? "" : `, ${ordinal(comebacks)} time`;
}

function ordinal(value: number): string {
  const rest = value % 100;
  const ending = rest >= 11 && rest <= 13 ? "th" : (["th", "st", "nd", "rd"][value % 10] ?? "th");
  return `${value}${ending}`;
}

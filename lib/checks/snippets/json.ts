import { replaceUnseen, unitEscapes } from "./invisible";

/**
 * JSON as text. Whatever a reader does not see is escaped, and so is what the log of a workflow would take for a
 * command to itself; every JSON parser reads the same value.
 */
export function jsonText(value: unknown, indent?: number): string {
  return replaceUnseen(JSON.stringify(value, null, indent), (character) =>
    character === "\n" ? character : unitEscapes(character),
  );
}

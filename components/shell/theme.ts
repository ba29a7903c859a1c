export type Theme = "light" | "dark";

/** The theme a person chose, or undefined: then the system's holds. */
export function themeFromCookie(value: string | undefined): Theme | undefined {
  return value === "light" || value === "dark" ? value : undefined;
}

const name = "shortcuts";

/** Whether keys without Ctrl or ⌘ do something: people who speak to their computer switch them off (WCAG 2.1.4). */
export function areShortcutsOn(): boolean {
  return !document.cookie.split("; ").includes(`${name}=off`);
}

/** Holds at once, in this browser. */
export function setShortcuts(isOn: boolean): void {
  const secure = location.protocol === "https:" ? "; secure" : "";
  const kept = isOn ? `${name}=; max-age=0` : `${name}=off; max-age=31536000`;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every supported browser
  document.cookie = `${kept}; path=/; samesite=lax${secure}`;
}

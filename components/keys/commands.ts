/**
 * What can be done by key, the one place that says so: the keys, the palette and the sheet of shortcuts are made from
 * this list. A command does what its visible control does: `press` clicks the control on the page that carries its name
 * (see commandProps), so what a person may not do, no key does.
 */
export interface Command {
  readonly id: string;
  readonly label: string;
  /** As tinykeys writes them: `g d` is one after the other, `$mod` the command key of a Mac and Ctrl elsewhere. */
  readonly keys: readonly string[];
  readonly group: CommandGroup;
  readonly does:
    | { readonly kind: "press" }
    /** To a page below the organization's. */
    | { readonly kind: "go"; readonly path: string }
    | { readonly kind: "open"; readonly what: "palette" | "sheet" }
    /** The address of the page, to the clipboard. */
    | { readonly kind: "copy-link" }
    /** To the row of the list that it is about. */
    | { readonly kind: "row"; readonly what: "next" | "previous" | "open" | "select" | "range" | "peek" };
}

export const commandGroups = ["Anywhere", "Go to", "In a list", "On a finding or a selection"] as const;
export type CommandGroup = (typeof commandGroups)[number];

const press = { kind: "press" } as const;

export const commands: readonly Command[] = [
  command("palette", "Search or run a command", ["$mod+k"], "Anywhere", { kind: "open", what: "palette" }),
  command("shortcuts", "Show the shortcuts", ["[Shift]+?"], "Anywhere", { kind: "open", what: "sheet" }),
  command("filter", "Go to the search field", ["/"], "Anywhere"),
  go("dashboard", "Dashboard", "g d"),
  go("my-work", "My work", "g m"),
  go("findings", "Findings", "g f"),
  go("accounts", "Accounts", "g a"),
  go("scans", "Scans", "g s"),
  go("settings", "Settings", "g t"),
  command("next", "Next row, or next finding", ["j"], "In a list", { kind: "row", what: "next" }),
  command("previous", "Previous row, or previous finding", ["k"], "In a list", {
    kind: "row",
    what: "previous",
  }),
  command("open", "Open", ["o"], "In a list", { kind: "row", what: "open" }),
  command("peek", "Look at it beside the list", ["Space"], "In a list", { kind: "row", what: "peek" }),
  command("group", "Choose how to group", ["b"], "In a list"),
  command("select", "Select", ["x"], "In a list", { kind: "row", what: "select" }),
  command("range", "Select up to here", ["Shift+X"], "In a list", { kind: "row", what: "range" }),
  command("select-all", "Select all", ["$mod+a"], "In a list"),
  command("clear", "Clear the selection, or close", ["Escape"], "In a list"),
  onFinding("assign", "Assign", "a"),
  onFinding("status", "Start work, or put back", "s"),
  onFinding("due", "Change the due date", "d"),
  onFinding("claim", "Claim it fixed, or verify it", "v"),
  onFinding("comment", "Comment", "c"),
  onFinding("scan", "Scan the account", "r"),
  command("copy-link", "Copy the link", ["y"], "On a finding or a selection", { kind: "copy-link" }),
  onFinding("copy-fix", "Copy the fix", "."),
  ...[1, 2, 3, 4, 5].map((n) => onFinding(`tab-${n}`, `Show tab ${n} of the fix`, String(n))),
];

function command(
  id: string,
  label: string,
  keys: readonly string[],
  group: CommandGroup,
  does: Command["does"] = press,
): Command {
  return { id, label, keys, group, does };
}

function go(path: string, label: string, keys: string): Command {
  return command(`go-${path}`, label, [keys], "Go to", { kind: "go", path });
}

function onFinding(id: string, label: string, key: string): Command {
  return command(id, label, [key], "On a finding or a selection");
}

/** Attributes of the control that a command presses: its name, and its key for people and for screen readers. */
export function commandProps(id: string): {
  readonly "data-command": string;
  readonly "aria-keyshortcuts"?: string;
  readonly title?: string;
} {
  const found = commands.find((one) => one.id === id);
  const key = found?.keys[0];
  if (found === undefined || key === undefined) throw new Error(`${id} is no command`);
  return {
    "data-command": id,
    "aria-keyshortcuts": spokenKeys(key),
    title: `${found.label} (${shownKeys(key, false).join(" ")})`,
  };
}

/** As aria-keyshortcuts wants it. It has no way to say one key after the other. */
function spokenKeys(key: string): string {
  return key.replace("$mod+", "Control+").replace("[Shift]+", "Shift+").replaceAll(" ", " ");
}

/** The keys as they stand on the keyboard, one after the other. */
export function shownKeys(key: string, isMac: boolean): readonly string[] {
  return key.split(" ").map((one) =>
    one
      .replace("$mod+", isMac ? "⌘ " : "Ctrl ")
      .replace("[Shift]+", "")
      .replace("Shift+", "Shift ")
      .replace("Escape", "Esc")
      .replace(/(^| )([a-z])$/, (_all, before: string, letter: string) => before + letter.toUpperCase()),
  );
}

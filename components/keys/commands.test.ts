import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commandGroups, commandProps, commands, shownKeys } from "./commands";

test("every command has a name and keys of its own", () => {
  const keys = commands.flatMap((command) => command.keys);
  expect(new Set(keys).size).toBe(keys.length);
  expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
  expect(new Set(commands.map(({ label }) => label)).size).toBe(commands.length);
  expect(new Set(commands.map(({ group }) => group))).toEqual(new Set(commandGroups));
});

test("every key has a control that people can see", () => {
  const sources = ["app", "components"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".tsx"))
      .map((file) => readFileSync(join(folder, file), "utf8")),
  );
  const has = (text: string) => sources.some((source) => source.includes(text));
  const without = commands
    .filter(({ does }) => does.kind === "press")
    .filter(
      ({ id }) =>
        !has(`commandProps("${id}")`) &&
        !has(`command="${id}"`) &&
        !(/^tab-\d$/.test(id) && has('command: "tab"')),
    );
  expect(without.map(({ id }) => id)).toEqual([]);
  expect(has('data-opens="palette"') && has('data-opens="shortcuts"') && has('data-opens="copy-link"')).toBe(
    true,
  );
});

test("keys are shown as they stand on the keyboard", () => {
  expect(shownKeys("$mod+k", false)).toEqual(["Ctrl K"]);
  expect(shownKeys("$mod+k", true)).toEqual(["⌘ K"]);
  expect(shownKeys("g f", false)).toEqual(["G", "F"]);
  expect(shownKeys("[Shift]+?", false)).toEqual(["?"]);
  expect(shownKeys("Escape", false)).toEqual(["Esc"]);
  expect(commandProps("assign")).toEqual({
    "data-command": "assign",
    "aria-keyshortcuts": "a",
    title: "Assign (A)",
  });
  expect(() => commandProps("no such")).toThrow("no command");
});

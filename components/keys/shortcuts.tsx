"use client";

import { usePathname, useRouter } from "next/navigation";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { createKeybindingsHandler } from "tinykeys";
import { type Command, commands } from "./commands";
import { areShortcutsOn } from "./preference";
import { isTyping, press } from "./press";
import { onRow } from "./rows";

// Read when they are first opened: most pages are left without.
const Palette = lazy(() => import("./palette"));
const ShortcutSheet = lazy(() => import("./shortcut-sheet"));

type Opened = "palette" | "sheet" | null;

/**
 * Listens to the keys of every page of an organization, and to buttons with `data-opens`, which open the palette or the
 * sheet without a key.
 */
export function Shortcuts({ root }: { readonly root: string }) {
  const [opened, setOpened] = useState<Opened>(null);
  const [said, setSaid] = useState("");
  const router = useRouter();
  const pathname = usePathname();
  const returnTo = useRef<Element | null>(null);
  // A page that was gone to closes what led there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what it waits for
  useEffect(() => setOpened(null), [pathname]);
  useEffect(() => {
    function run({ id, does }: Command): boolean {
      if (does.kind === "go") {
        router.push(`${root}/${does.path}`);
        return true;
      }
      if (does.kind === "open") {
        returnTo.current = document.activeElement;
        setOpened(does.what);
        return true;
      }
      if (does.kind === "copy-link") {
        void navigator.clipboard.writeText(location.origin + location.pathname).then(
          () => setSaid("Link copied"),
          () => setSaid("The browser did not let us copy. Copy the address above instead."),
        );
        return true;
      }
      return does.kind === "row" ? onRow(does.what) : press(id);
    }
    let sequenceUntil = 0;
    const bindings = Object.fromEntries(
      commands.flatMap((command) =>
        command.keys.map((keys) => [
          keys,
          (event: KeyboardEvent) => {
            const isSequence = keys.includes(" ");
            const hasModifier = keys.startsWith("$mod");
            if (!hasModifier && !areShortcutsOn()) return;
            // The second key of a sequence is not a key of its own.
            if (!isSequence && !hasModifier && performance.now() < sequenceUntil) return;
            if (event.repeat && command.does.kind !== "row") return;
            if (isNative(command, event)) return;
            if (run(command)) event.preventDefault();
          },
        ]),
      ),
    );
    const handle = createKeybindingsHandler(bindings, {
      ignore: (event) => event.defaultPrevented || (isTyping(event) && !(event.ctrlKey || event.metaKey)),
    });
    function listen(event: KeyboardEvent) {
      // Out of the field that a key led to, so that the next key is one again.
      if (event.key === "Escape" && event.target instanceof HTMLElement && isFieldOfCommand(event.target)) {
        event.target.blur();
        return;
      }
      handle(event);
      const begins =
        event.key === "g" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event);
      // As long as the library waits for the second key.
      if (begins) sequenceUntil = performance.now() + 1_000;
      else if (!["Shift", "Control", "Meta", "Alt"].includes(event.key)) sequenceUntil = 0;
    }
    // The visible buttons of the palette and the sheet, wherever they stand.
    function open({ target }: MouseEvent) {
      const button = target instanceof Element ? target.closest<HTMLElement>("[data-opens]") : null;
      const what = commands.find(({ id }) => id === button?.dataset["opens"]);
      if (what) run(what);
    }
    window.addEventListener("keydown", listen);
    document.addEventListener("click", open);
    return () => {
      window.removeEventListener("keydown", listen);
      document.removeEventListener("click", open);
    };
  }, [router, root]);
  useEffect(() => {
    const timer = said === "" ? undefined : setTimeout(() => setSaid(""), 3_000);
    return () => clearTimeout(timer);
  }, [said]);
  function close() {
    setOpened(null);
    if (returnTo.current instanceof HTMLElement) returnTo.current.focus();
  }
  return (
    <>
      <p role="status" className={said === "" ? "sr-only" : "toast"}>
        {said}
      </p>
      <Suspense>
        {opened === "palette" ? <Palette root={root} close={close} /> : null}
        {opened === "sheet" ? <ShortcutSheet close={close} /> : null}
      </Suspense>
    </>
  );
}

function isFieldOfCommand(target: HTMLElement): boolean {
  return target.matches(
    "input[data-command]:not([type=checkbox]), select[data-command], textarea[data-command]",
  );
}

/** Keys that mean something where the focus is: Space scrolls and presses, Ctrl+A selects text. */
function isNative({ id }: Command, event: KeyboardEvent): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (id === "peek") return target?.matches("button, summary, input, [role=tab], [role=button]") ?? false;
  if (id === "select-all") return isTyping(event);
  return false;
}

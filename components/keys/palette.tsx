"use client";

import { Command as Cmdk } from "cmdk";
import { useRouter } from "next/navigation";
import { Dialog as Radix } from "radix-ui";
import { useState } from "react";
import { type Command, commands } from "./commands";
import { Keys } from "./keys";
import { controlOf, press } from "./press";

/** Finds a page, a finding, or something to do here, by typing a part of its name. */
export default function Palette({ root, close }: { readonly root: string; readonly close: () => void }) {
  const router = useRouter();
  const [text, setText] = useState("");
  // What the page has when the palette opens: behind it nothing changes.
  const [here] = useState(() =>
    commands.filter(({ id, does }) => does.kind === "press" && controlOf(id) !== null),
  );
  const pages = commands.filter(({ does }) => does.kind === "go");
  const words = text.trim();
  const key = /^(?:pst-?)?(\d{1,9})$/i.exec(words)?.[1];
  const isMac = navigator.platform.startsWith("Mac");

  function go(path: string) {
    close();
    router.push(`${root}/${path}`);
  }
  function perform({ id, does }: Command) {
    if (does.kind === "go") return go(does.path);
    close();
    // Once the page has the focus again.
    setTimeout(() => press(id), 0);
  }
  const item = (one: Command) => (
    <Cmdk.Item key={one.id} value={one.label} onSelect={() => perform(one)} className="palette-item">
      {nameOf(one)}
      {one.keys[0] ? <Keys of={one.keys[0]} isMac={isMac} /> : null}
    </Cmdk.Item>
  );
  return (
    <Radix.Root open onOpenChange={(isOpen) => (isOpen ? null : close())}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-overlay" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-32px)] max-w-[560px] -translate-x-1/2 overflow-hidden rounded-card border border-line bg-surface text-ink shadow-overlay"
        >
          <Radix.Title className="sr-only">Search or run a command</Radix.Title>
          <Cmdk label="Search or run a command" loop>
            <Cmdk.Input
              value={text}
              onValueChange={setText}
              maxLength={100}
              placeholder="Page, finding, account, or what to do"
              className="w-full border-b border-line bg-transparent px-4 py-3 text-lead outline-none"
            />
            <Cmdk.List className="max-h-[min(420px,60vh)] overflow-y-auto p-2">
              <Cmdk.Empty className="px-2 py-3 text-ink-2">Nothing here is called that.</Cmdk.Empty>
              {here.length > 0 ? (
                <Cmdk.Group heading="On this page" className="palette-group">
                  {here.map(item)}
                </Cmdk.Group>
              ) : null}
              <Cmdk.Group heading="Go to" className="palette-group">
                {key ? (
                  <Cmdk.Item
                    value={`Finding PST-${key}`}
                    forceMount
                    onSelect={() => go(`findings/PST-${key}`)}
                    className="palette-item"
                  >
                    Finding PST-{key}
                  </Cmdk.Item>
                ) : null}
                {pages.map(item)}
              </Cmdk.Group>
              {words === "" ? null : (
                <Cmdk.Group heading="Search" forceMount className="palette-group">
                  <Cmdk.Item
                    value={`Search findings for ${words}`}
                    forceMount
                    onSelect={() => go(`findings?q=${encodeURIComponent(words)}`)}
                    className="palette-item"
                  >
                    <span className="truncate">Search findings for “{words}”</span>
                  </Cmdk.Item>
                </Cmdk.Group>
              )}
            </Cmdk.List>
          </Cmdk>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function nameOf({ label }: Command): string {
  return label;
}

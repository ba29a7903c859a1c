"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import { useState } from "react";
import type { Theme } from "./theme";

type Choice = Theme | "system";

const choices: readonly { readonly value: Choice; readonly label: string }[] = [
  { value: "system", label: "Same as system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

/** Applies the choice at once and keeps it in a cookie, so that the server renders the right theme next time. */
function apply(choice: Choice): void {
  const root = document.documentElement;
  const secure = location.protocol === "https:" ? "; secure" : "";
  if (choice === "system") {
    root.removeAttribute("data-theme");
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every supported browser
    document.cookie = `theme=; path=/; max-age=0; samesite=lax${secure}`;
  } else {
    root.dataset.theme = choice;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every supported browser
    document.cookie = `theme=${choice}; path=/; max-age=31536000; samesite=lax${secure}`;
  }
}

/** The three themes as radio items of a menu. */
export function ThemeChoice({ initial }: { readonly initial: Theme | undefined }) {
  const [choice, setChoice] = useState<Choice>(initial ?? "system");
  return (
    <Radix.RadioGroup
      value={choice}
      onValueChange={(value) => {
        const next = choices.find((entry) => entry.value === value)?.value ?? "system";
        setChoice(next);
        apply(next);
      }}
    >
      <Radix.Label className="px-2 py-1 text-meta font-semibold text-ink-3">Theme</Radix.Label>
      {choices.map((entry) => (
        <Radix.RadioItem
          key={entry.value}
          value={entry.value}
          onSelect={(event) => event.preventDefault()}
          className="flex min-h-8 cursor-pointer items-center justify-between gap-2 rounded-control px-2 py-1 outline-none data-[highlighted]:bg-sunken max-md:min-h-11"
        >
          {entry.label}
          <Radix.ItemIndicator>
            <Check size={14} strokeWidth={1.8} aria-hidden="true" className="text-brand" />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

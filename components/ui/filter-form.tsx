"use client";

import { useRouter } from "next/navigation";
import { useRef, useTransition } from "react";
import { commandProps } from "@/components/keys/commands";
import { count } from "@/lib/text";
import { Button, LinkButton } from "./button";
import { refuseOffline } from "./online";
import { Spinner } from "./spinner";

export interface FilterChoice {
  readonly value: string;
  readonly label: string;
}

/**
 * Filters of a list. It is a plain GET form, so the URL holds every filter and the list works before scripts have
 * loaded; with them a choice applies at once.
 */
export function FilterForm({
  path,
  keep = {},
  search,
  selects,
  clearHref,
  activeCount,
}: {
  readonly path: string;
  /** Parameters set elsewhere on the page that a new search keeps. */
  readonly keep?: Readonly<Record<string, string>>;
  readonly search?: { readonly label: string; readonly value: string };
  readonly selects: readonly {
    readonly name: string;
    readonly label: string;
    readonly value: string;
    readonly anyLabel: string;
    readonly choices: readonly FilterChoice[];
  }[];
  readonly clearHref: string;
  readonly activeCount: number;
}) {
  const form = useRef<HTMLFormElement>(null);
  const router = useRouter();
  const [pending, start] = useTransition();
  const apply = () => {
    if (!form.current || refuseOffline()) return;
    const params = new URLSearchParams();
    for (const [name, value] of new FormData(form.current)) {
      if (typeof value === "string" && value.trim() !== "") params.set(name, value.trim());
    }
    const query = params.toString();
    start(() => router.push(query ? `${path}?${query}` : path));
  };
  return (
    <search>
      <form
        ref={form}
        action={path}
        method="get"
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
        className="mb-4 flex flex-wrap items-end gap-2"
      >
        {Object.entries(keep).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {search ? (
          <label className="grid min-w-[200px] flex-1 gap-1 text-meta text-ink-3 max-sm:basis-full sm:max-w-[320px]">
            {search.label}
            <input
              key={search.value}
              type="search"
              {...commandProps("filter")}
              name="q"
              defaultValue={search.value}
              className="min-h-[34px] w-full min-w-0 rounded-control border border-line-strong bg-surface px-3 text-body text-ink max-md:min-h-11 max-md:text-[16px]"
            />
          </label>
        ) : null}
        {selects.map((select) => (
          <label
            key={select.name}
            className="grid gap-1 text-meta text-ink-3 max-sm:min-w-[40%] max-sm:flex-1"
          >
            {select.label}
            <select
              key={select.value}
              name={select.name}
              defaultValue={select.value}
              onChange={apply}
              className="min-h-[34px] max-w-[240px] rounded-control border border-line-strong bg-surface px-2 pe-7 text-body text-ink w-full max-md:min-h-11 max-md:max-w-none max-md:text-[16px]"
            >
              <option value="">{select.anyLabel}</option>
              {select.choices.map((choice) => (
                <option key={choice.value} value={choice.value}>
                  {choice.label}
                </option>
              ))}
            </select>
          </label>
        ))}
        <Button type="submit" aria-busy={pending}>
          {pending ? <Spinner /> : null}
          {search ? "Search" : "Apply"}
        </Button>
        {activeCount > 0 ? (
          <LinkButton href={clearHref} variant="quiet">
            Clear {count(activeCount, "filter")}
          </LinkButton>
        ) : null}
      </form>
    </search>
  );
}

"use client";

import { ListFilter, Search, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import { commandProps } from "@/components/keys/commands";
import { Button, LinkButton } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";
import { refuseOffline } from "@/components/ui/online";
import { Spinner } from "@/components/ui/spinner";
import { count } from "@/lib/text";

export interface FilterSelect {
  readonly name: string;
  readonly label: string;
  /** Empty while it narrows nothing. */
  readonly value: string;
  /** What its first choice, the empty one, is called; the label when absent. */
  readonly any?: string;
  readonly choices: readonly (readonly [value: string, label: string])[];
}

/**
 * Filters, group and order of the list. It is a GET form, so that the URL holds all of it and it works without scripts;
 * with them a choice applies at once. On a phone the choices are in a sheet.
 */
export function FilterBar({
  path,
  keep,
  search,
  filters,
  arrange,
  chips,
  clearHref,
  activeCount,
  total,
}: {
  readonly path: string;
  /** Parameters that are set elsewhere on the page. */
  readonly keep: readonly (readonly [name: string, value: string])[];
  readonly search: string;
  readonly filters: readonly FilterSelect[];
  readonly arrange: readonly FilterSelect[];
  /** Filters of the URL that have no control here, each with the list without it. */
  readonly chips: readonly { readonly text: string; readonly href: string }[];
  readonly clearHref: string;
  readonly activeCount: number;
  /** Findings that the list holds now. */
  readonly total: number;
}) {
  const form = useRef<HTMLFormElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const router = useRouter();
  const [pending, start] = useTransition();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useFollowing(search);
  const apply = () => {
    if (!form.current || refuseOffline()) return;
    const params = new URLSearchParams();
    for (const [name, value] of new FormData(form.current)) {
      if (typeof value === "string" && value.trim() !== "") params.set(name, value.trim());
    }
    // Weeks have one order, see findingQuery().
    if (params.get("group") === "dueWeek" && !/^-?due$/.test(params.get("sort") ?? "due")) {
      params.delete("sort");
    }
    const query = params.toString().replaceAll("%2C", ",");
    start(() => router.push(query ? `${path}?${query}` : path));
  };
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  return (
    <search className="filter-bar" aria-busy={pending}>
      <form
        ref={form}
        action={path}
        method="get"
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        {keep.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <label className="find">
          <span className="sr-only">Account, finding, check or Region</span>
          {pending ? <Spinner /> : <Search size={16} aria-hidden="true" />}
          <input
            type="search"
            {...commandProps("filter")}
            name="q"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            maxLength={200}
            placeholder="Account, finding, Region"
          />
        </label>
        <button
          ref={opener}
          type="button"
          className="open-sheet"
          aria-expanded={isOpen}
          aria-controls="filter-sheet"
          onClick={() => setOpen(!isOpen)}
        >
          <ListFilter size={16} aria-hidden="true" />
          {activeCount > 0 ? `Filter · ${activeCount}` : "Filter"}
        </button>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the sheet from any control in it */}
        <div
          id="filter-sheet"
          className={cx("sheet", isOpen && "open")}
          onKeyDown={(event) => {
            if (isOpen && event.key === "Escape") close();
          }}
        >
          {filters.map((select) => (
            <Select key={select.name} select={select} onChange={apply} />
          ))}
          <span className="gap" />
          {arrange.map((select) => (
            <Select key={select.name} select={select} onChange={apply} isNamed />
          ))}
          <span className="without-scripts">
            <Button type="submit">Apply</Button>
          </span>
          <span className="close-sheet">
            <Button variant="primary" onClick={close}>
              {pending ? <Spinner /> : null}
              Show {total}
            </Button>
          </span>
        </div>
        {chips.map(({ text, href }) => (
          <Link key={text} href={href} className="chip">
            {text}
            <span className="sr-only">: remove this filter</span>
            <X size={14} aria-hidden="true" />
          </Link>
        ))}
        {activeCount > 0 ? (
          <LinkButton href={clearHref} variant="quiet" size="small">
            Clear {count(activeCount, "filter")}
          </LinkButton>
        ) : null}
      </form>
    </search>
  );
}

function Select({
  select: { name, label, value, any, choices },
  onChange,
  isNamed = false,
}: {
  readonly select: FilterSelect;
  readonly onChange: () => void;
  /** Says what it is beside its value. */
  readonly isNamed?: boolean;
}) {
  const [chosen, setChosen] = useFollowing(value);
  return (
    <label className={cx("choice", !isNamed && value !== "" && "active")}>
      <span className={isNamed ? undefined : "sr-only"}>{label}</span>
      <select
        {...(name === "group" ? commandProps("group") : {})}
        name={name}
        value={chosen}
        onChange={(event) => {
          setChosen(event.target.value);
          onChange();
        }}
      >
        <option value="">{any ?? label}</option>
        {choices.map(([choice, text]) => (
          <option key={choice} value={choice}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What stands in a control: what the page says, until somebody changes it. The control stays, and with it the focus. */
function useFollowing(said: string) {
  const [now, setNow] = useState(said);
  const [before, setBefore] = useState(said);
  if (before !== said) {
    setBefore(said);
    setNow(said);
  }
  return [now, setNow] as const;
}

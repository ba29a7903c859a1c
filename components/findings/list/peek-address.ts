import { useSearchParams } from "next/navigation";

/** What only this visit is about: neither a filter nor part of what a link to the list shows. */
const ofTheVisit = ["peek", "cursor"];

/** The list's filters, group and order as its address has them: where a finding's page leads back to. */
export function useListAddress(): string {
  const params = new URLSearchParams(useSearchParams());
  for (const name of ofTheVisit) params.delete(name);
  return params.toString().replaceAll("%2C", ",");
}

/** The finding that is looked at beside the list. It stands in the address, and the list is not asked again for it. */
export function usePeek(): [string | null, (id: string | null) => void] {
  const params = useSearchParams();
  const show = (id: string | null) => {
    const next = new URLSearchParams(location.search);
    if (id === null) next.delete("peek");
    else next.set("peek", id);
    const query = next.toString().replaceAll("%2C", ",");
    history.replaceState(null, "", query === "" ? location.pathname : `${location.pathname}?${query}`);
  };
  return [params.get("peek"), show];
}

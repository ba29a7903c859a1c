"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ActionButton } from "@/components/ui/form/action-button";
import { ActionForm } from "@/components/ui/form/action-form";
import { CheckboxField } from "@/components/ui/form/checkbox";
import { Field } from "@/components/ui/form/field";
import { SubmitRow } from "@/components/ui/form/submit-row";
import type { FormAction, FormHints } from "@/lib/input/form-view";

interface ShownView {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  /** The list shows something else than what was saved. */
  readonly isChanged: boolean;
}

/** Saves what the list shows under a name, or changes and removes the view that is shown. */
export function ViewActions({
  path,
  query,
  view,
  mayShare,
  hints,
  save,
  change,
  remove,
}: {
  /** Of the list. */
  readonly path: string;
  /** What the list shows, as its address has it. */
  readonly query: string;
  /** The saved view that is shown, when the reader may change it. */
  readonly view: ShownView | null;
  readonly mayShare: boolean;
  readonly hints: FormHints;
  readonly save: FormAction<{ readonly id: string }>;
  readonly change: FormAction<unknown>;
  readonly remove: FormAction<unknown>;
}) {
  return (
    <>
      {view?.isChanged ? (
        <ActionButton
          action={change}
          values={{ id: view.id, version: String(view.version), query }}
          size="small"
          pendingText="Saving…"
        >
          Save changes<span className="sr-only"> to {view.name}</span>
        </ActionButton>
      ) : null}
      {view && !view.isChanged ? (
        <ActionButton
          action={remove}
          values={{ id: view.id }}
          variant="quiet"
          size="small"
          pendingText="Removing…"
        >
          Remove view<span className="sr-only"> {view.name}</span>
        </ActionButton>
      ) : null}
      <SaveDialog path={path} query={query} mayShare={mayShare} hints={hints} save={save} />
    </>
  );
}

function SaveDialog({
  path,
  query,
  mayShare,
  hints,
  save,
}: {
  readonly path: string;
  readonly query: string;
  readonly mayShare: boolean;
  readonly hints: FormHints;
  readonly save: FormAction<{ readonly id: string }>;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog
      open={isOpen}
      onOpenChange={setOpen}
      title="Save this view"
      description="Keeps the filters, the grouping and the order under a name. The findings in it change with time."
      trigger={
        <Button variant="quiet" size="small">
          <Plus size={14} strokeWidth={1.8} aria-hidden="true" />
          <span>
            Save<span className="max-md:sr-only"> this view</span>
          </span>
        </Button>
      }
    >
      <ActionForm action={save} hints={hints} values={{ query }} idPrefix="view-" className="grid gap-4">
        {(done) => (
          <>
            <Field name="name" label="Name" />
            {mayShare ? (
              <CheckboxField
                name="shared"
                label="Share it"
                hint="Everybody in the organization sees it. Leads and admins can change it."
              />
            ) : null}
            <SubmitRow pendingText="Saving…" said={done ? "Saved." : ""}>
              Save view
            </SubmitRow>
            {done ? (
              <ShowSaved
                href={`${path}?${query === "" ? "" : `${query}&`}view=${done.value.id}`}
                onShown={() => setOpen(false)}
              />
            ) : null}
          </>
        )}
      </ActionForm>
    </Dialog>
  );
}

/** The list under its new name. */
function ShowSaved({ href, onShown }: { readonly href: string; readonly onShown: () => void }) {
  const router = useRouter();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it was saved
  useEffect(() => {
    router.replace(href);
    onShown();
  }, [href]);
  return null;
}

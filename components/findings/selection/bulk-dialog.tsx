"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { dayWords } from "@/components/findings/due-words";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { ActionForm } from "@/components/ui/form/action-form";
import { SubmitButton } from "@/components/ui/form/submit-button";
import type { BulkResult } from "@/lib/findings/bulk-states";
import type { ActionResult } from "@/lib/input/form-view";
import { BulkFields, type BulkKind, usePeople } from "./bulk-fields";
import type { BulkForm, BulkServer, Person } from "./bulk-server";
import { type Asked, doIt, willHappen } from "./bulk-words";
import { Named, Skipped } from "./skipped";

interface Plan {
  readonly form: BulkForm;
  readonly asked: Asked;
  readonly result: BulkResult;
  /** Names the change: sent again after an answer was lost, it happens once. */
  readonly once: string;
}

/** One change of what is selected: what is asked for, what will happen to which, and then it does. */
export function BulkDialog({
  kind,
  trigger,
  title,
  keys,
  server,
  path,
  onDone,
}: {
  readonly kind: BulkKind;
  /** A button element. */
  readonly trigger: ReactNode;
  readonly title: string;
  readonly keys: readonly string[];
  readonly server: BulkServer;
  /** Of the list. */
  readonly path: string;
  readonly onDone: (asked: Asked, result: BulkResult) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const [plan, setPlan] = useState<Plan | null>(null);
  const people = usePeople(server, isOpen && kind === "assign");
  const show = (open: boolean) => {
    setOpen(open);
    if (!open) setPlan(null);
  };
  return (
    <Dialog trigger={trigger} title={title} open={isOpen} onOpenChange={show}>
      {plan === null ? (
        <Ask kind={kind} keys={keys} people={people} server={server} onPlan={setPlan} />
      ) : (
        <Preview
          plan={plan}
          server={server}
          path={path}
          onBack={kind === "scan" ? null : () => setPlan(null)}
          onDone={(result) => {
            show(false);
            onDone(plan.asked, result);
          }}
        />
      )}
    </Dialog>
  );
}

function Ask({
  kind,
  keys,
  people,
  server,
  onPlan,
}: {
  readonly kind: BulkKind;
  readonly keys: readonly string[];
  readonly people: readonly Person[] | null;
  readonly server: BulkServer;
  readonly onPlan: (plan: Plan) => void;
}) {
  const inside = useRef<HTMLDivElement>(null);
  // Typing begins at once, and where nothing is asked the preview comes at once.
  useEffect(() => {
    inside.current?.querySelector<HTMLElement>("select, input")?.focus();
    if (kind === "scan") inside.current?.querySelector("button")?.click();
  }, [kind]);
  const preview = async (_previous: unknown, sent: FormData): Promise<ActionResult<BulkResult>> => {
    const { form, asked } = read(kind, keys, sent, people);
    const result = await server.preview(form);
    if (result.ok) onPlan({ form, asked, result: result.value, once: crypto.randomUUID() });
    return withTyped(result, sent);
  };
  return (
    <ActionForm
      action={preview}
      hints={{ ownerId: {}, day: {}, dueReason: {}, note: {}, guardrail: {}, guardrailWaiver: {} }}
      idPrefix="bulk-"
      className="grid gap-4"
    >
      <div ref={inside} className="grid gap-4">
        <BulkFields kind={kind} people={people} />
        <div>
          <SubmitButton pendingText="Looking…">Preview</SubmitButton>
        </div>
      </div>
    </ActionForm>
  );
}

function Preview({
  plan: { form, asked, result, once },
  server,
  path,
  onBack,
  onDone,
}: {
  readonly plan: Plan;
  readonly server: BulkServer;
  readonly path: string;
  readonly onBack: (() => void) | null;
  readonly onDone: (result: BulkResult) => void;
}) {
  const buttons = useRef<HTMLDivElement>(null);
  useEffect(() => {
    buttons.current?.querySelector("button")?.focus();
  }, []);
  const change = async (): Promise<ActionResult<BulkResult>> => {
    const made = await server.change({ ...form, once });
    if (made.ok) onDone(made.value);
    return made;
  };
  const n = result.done.length;
  return (
    <ActionForm action={change} className="grid gap-4">
      <div className="grid gap-2" role="status">
        <p className="font-medium">{n === 0 ? "Nothing would change." : willHappen(asked, n)}</p>
        <Skipped skipped={result.skipped} path={path} />
      </div>
      {n > 0 ? (
        <details className="skipped text-small text-ink-2">
          <summary>Show them</summary>
          <p className="mt-2 max-h-[200px] overflow-y-auto">
            <Named keys={result.done} path={path} />
          </p>
        </details>
      ) : null}
      <div ref={buttons} className="flex flex-wrap gap-2">
        {n > 0 ? (
          <SubmitButton pendingText="Working…">{doIt(asked, n)}</SubmitButton>
        ) : (
          <DialogClose asChild>
            <Button>Close</Button>
          </DialogClose>
        )}
        {onBack ? (
          <Button variant="quiet" onClick={onBack}>
            Back
          </Button>
        ) : null}
      </div>
    </ActionForm>
  );
}

/** What a form asks for: as it is sent, and in words. */
function read(
  kind: BulkKind,
  keys: readonly string[],
  sent: FormData,
  people: readonly Person[] | null,
): { readonly form: BulkForm; readonly asked: Asked } {
  const text = (name: string) => String(sent.get(name) ?? "");
  const named = { keys: [...keys] };
  switch (kind) {
    case "assign": {
      const isNobody = text("ownerId") === "nobody";
      const owner = people?.find(({ id }) => id === text("ownerId"))?.name ?? text("ownerId");
      const ownerId = isNobody ? null : text("ownerId");
      return {
        form: { ...named, action: "assign", ownerId },
        asked: { action: "assign", owner: isNobody ? null : owner },
      };
    }
    case "due": {
      const day = text("day") === "" ? null : text("day");
      return {
        form: { ...named, action: "due", day, dueReason: text("dueReason") },
        asked: { action: "due", due: day === null ? null : `${dayWords(day)} ${day.slice(0, 4)}` },
      };
    }
    case "claim": {
      const [note, guardrail, guardrailWaiver] = [text("note"), text("guardrail"), text("guardrailWaiver")];
      return {
        form: { ...named, action: "claim", note, guardrail, guardrailWaiver },
        asked: { action: "claim" },
      };
    }
    case "watch": {
      const action = text("action") === "unwatch" ? "unwatch" : "watch";
      return { form: { ...named, action }, asked: { action } };
    }
    case "scan":
      return { form: { ...named, action: "scan" }, asked: { action: "scan" } };
  }
}

/** A failure with what was typed: the form shows it again. */
function withTyped<T>(result: ActionResult<T>, sent: FormData): ActionResult<T> {
  if (result.ok) return result;
  const typed = [...sent].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
  return { ...result, values: Object.fromEntries(typed) };
}

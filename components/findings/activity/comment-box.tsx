"use client";

import { type KeyboardEvent, useActionState, useEffect, useRef, useState } from "react";
import { commandProps } from "@/components/keys/commands";
import { Button } from "@/components/ui/button";
import { answered } from "@/components/ui/form/answered";
import { FieldError } from "@/components/ui/form/field";
import { refuseOffline } from "@/components/ui/online";
import type { ActionResult, FormAction } from "@/lib/input/form-view";
import {
  type Draft,
  emptyDraft,
  keepDraft,
  matching,
  namedAt,
  newId,
  readDraft,
  sentText,
} from "./comment-draft";

interface Person {
  readonly id: string;
  readonly name: string;
}

export interface CommentBoxProps {
  readonly finding: string;
  readonly post: FormAction;
  readonly readPeople: (
    previous: null,
    asked: Record<string, never>,
  ) => Promise<ActionResult<readonly Person[]>>;
  /** Under which this browser keeps what is not posted yet: of one person, organization and finding. */
  readonly draftKey: string;
  readonly longest: number;
}

/** Where a comment is written. What was typed outlives a reload and a failure, and is posted once. */
export function CommentBox({ finding, post, readPeople, draftKey, longest }: CommentBoxProps) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState(emptyDraft);
  const [people, setPeople] = useState<readonly Person[] | null>(null);
  const [naming, setNaming] = useState<{ from: number; query: string; at: number } | null>(null);
  useEffect(() => {
    // Whoever was quicker than the scripts keeps what they typed.
    const typed = box.current?.value ?? "";
    setDraft(typed === "" ? readDraft(draftKey) : { ...emptyDraft, text: typed });
  }, [draftKey]);

  const keep = (next: Draft) => {
    setDraft(next);
    keepDraft(draftKey, next);
  };
  const [state, send, isPending] = useActionState<ActionResult<unknown> | null, FormData>(
    async (previous, form) => {
      const id = draft.id ?? newId();
      keep({ ...draft, id });
      form.set("id", id);
      form.set("body", sentText(draft));
      const answer = await answered(post)(previous, form);
      if (answer.ok) keep(emptyDraft);
      return answer;
    },
    null,
  );
  const failure =
    state?.ok === false && draft.text !== "" ? (state.fields["body"] ?? state.message) : undefined;
  const found = naming === null || people === null ? [] : matching(people, naming.query);
  const chosen = found[Math.min(naming?.at ?? 0, found.length - 1)];

  const follow = () => {
    const { value, selectionEnd } = box.current ?? { value: "", selectionEnd: 0 };
    const named = namedAt(value, selectionEnd);
    setNaming(named && { ...named, at: 0 });
    if (named && people === null) {
      setPeople([]);
      readPeople(null, {}).then(
        (answer) => setPeople(answer.ok ? answer.value : null),
        () => setPeople(null),
      );
    }
  };
  const write = (text: string, caret: number, more: Draft["people"] = {}) => {
    keep({ text, people: { ...draft.people, ...more }, id: null });
    // Once the box holds the text.
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(caret, caret);
      follow();
    });
  };
  const choose = ({ id, name }: Person) => {
    if (naming === null) return;
    const end = naming.from + 1 + naming.query.length;
    const before = `${draft.text.slice(0, naming.from)}@${name} `;
    write(before + draft.text.slice(end).replace(/^ /, ""), before.length, { [name]: id });
  };
  const mention = () => {
    const at = box.current?.selectionEnd ?? draft.text.length;
    const before = draft.text.slice(0, at).replace(/([^\s(])$/, "$1 ");
    write(`${before}@${draft.text.slice(at)}`, before.length + 1);
  };
  const keys = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.currentTarget.form?.requestSubmit();
    }
    if (naming === null || chosen === undefined) return;
    const at = found.indexOf(chosen);
    const step = { ArrowDown: 1, ArrowUp: found.length - 1 }[event.key];
    if (step !== undefined) setNaming({ ...naming, at: (at + step) % found.length });
    else if (event.key === "Escape") setNaming(null);
    else if (event.key === "Enter" || event.key === "Tab") choose(chosen);
    else return;
    event.preventDefault();
  };

  return (
    <form
      action={send}
      className="comment-box"
      onSubmit={(event) => {
        if (draft.text.trim() !== "" && !isPending && !refuseOffline()) return;
        event.preventDefault();
        box.current?.focus();
      }}
    >
      {isPending ? (
        <p role="status" className="posting">
          <small>Posting…</small> {draft.text}
        </p>
      ) : null}
      <input type="hidden" name="key" value={finding} />
      <label htmlFor="comment">Comment</label>
      <textarea
        ref={box}
        id="comment"
        {...commandProps("comment")}
        name="body"
        rows={1}
        maxLength={longest}
        value={isPending ? "" : draft.text}
        readOnly={isPending}
        placeholder="Add a comment, or @mention someone"
        aria-describedby={failure ? "comment-error comment-hint" : "comment-hint"}
        aria-invalid={failure ? true : undefined}
        aria-autocomplete="list"
        aria-controls={found.length > 0 ? "comment-people" : undefined}
        aria-activedescendant={chosen ? `comment-person-${chosen.id}` : undefined}
        onChange={(event) => {
          keep({ ...draft, text: event.target.value, id: null });
          follow();
        }}
        onKeyDown={keys}
        onBlur={() => setNaming(null)}
      />
      {found.length > 0 ? (
        <div id="comment-people" role="listbox" aria-label="Members" className="comment-people">
          {found.map((person) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the box, which names the chosen one
            <div
              key={person.id}
              id={`comment-person-${person.id}`}
              role="option"
              aria-selected={person === chosen}
              onMouseDown={(event) => {
                event.preventDefault();
                choose(person);
              }}
            >
              {person.name}
            </div>
          ))}
        </div>
      ) : null}
      <FieldError id="comment" error={failure} />
      <div className="comment-row">
        <Button type="submit" disabled={isPending}>
          Post comment
        </Button>
        <Button variant="quiet" onClick={mention} disabled={isPending}>
          Mention
        </Button>
        <small id="comment-hint">Markdown. Members see it, auditors do not.</small>
      </div>
    </form>
  );
}

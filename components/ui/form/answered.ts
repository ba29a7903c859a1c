import type { ActionResult, FormAction, FormFailure } from "@/lib/input/form-view";

/**
 * The same action, with a failure of the form's own where no answer came. What the server throws reaches a browser with a
 * digest and is passed on: it leads to another page, or to the page for errors. Without this a lost connection would put
 * that page in place of the form and all that was typed.
 */
export function answered<T>(action: FormAction<T>): FormAction<T> {
  // A form without scripts needs the server's own action; what wraps it exists in the browser alone.
  if (typeof window === "undefined") return action;
  return async (previous, form): Promise<ActionResult<T>> => {
    try {
      return await action(previous, form);
    } catch (error) {
      if (typeof error === "object" && error !== null && "digest" in error) throw error;
      return noAnswer(form);
    }
  };
}

function noAnswer(form: FormData): FormFailure {
  const names = [...new Set(form.keys())].filter((name) => !/^\$|password|secret|token/i.test(name));
  const typed = names.map((name) => {
    const values = form.getAll(name).filter((value) => typeof value === "string");
    return [name, values.length === 1 ? (values[0] ?? "") : values] as const;
  });
  return {
    ok: false,
    code: "unavailable",
    message: navigator.onLine
      ? "The server did not answer. Load this page again to see whether anything changed."
      : "You are offline. Nothing was sent.",
    fields: {},
    values: Object.fromEntries(typed),
    requestId: "",
  };
}

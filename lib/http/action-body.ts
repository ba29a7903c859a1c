import type { NextRequest } from "next/server";

/** Forms of ours have two or three arguments, and nothing in them is nested deeper than a few levels. */
const mostArguments = 10;
const deepest = 20;
/** The framework takes no more either, and says so with 413. */
const mostBytes = 1_000_000;

/**
 * Whether a request to a page can be read as the call of a server action, or is none. The framework answers what it
 * cannot read with 500 and an error in the log, as if we were broken. Reads a copy of the body.
 */
export async function isReadableAction(request: NextRequest): Promise<boolean> {
  if (request.method !== "POST" || Number(request.headers.get("content-length")) > mostBytes) return true;
  const type = (request.headers.get("content-type") ?? "").toLowerCase();
  const isForm = type.startsWith("multipart/form-data");
  const isCall = request.headers.has("next-action");
  // What is neither is no action: the page answers.
  if (!isForm) return !isCall || type.startsWith("application/x-www-form-urlencoded") || textCall(request);
  try {
    const form = await request.clone().formData();
    // The framework's own reader stumbles over it.
    if ([...form.keys()].some((name) => name.includes("\0"))) return false;
    return isCall ? isArguments(form.get("0"), form) : isFormWithoutScript(form);
  } catch {
    return false;
  }
}

async function textCall(request: NextRequest): Promise<boolean> {
  return isArguments(await request.clone().text(), null);
}

/** A form that was sent before its page had any script: what is bound to its action stands beside its fields. */
function isFormWithoutScript(form: FormData): boolean {
  for (const name of form.keys()) {
    const prefix = /^\$ACTION_REF_(.*)$/.exec(name)?.[1];
    if (prefix === undefined) continue;
    const action = parsed(form.get(`$ACTION_${prefix}:0`));
    if (typeof action !== "object" || action === null || Array.isArray(action)) return false;
    const { bound } = action as { bound?: unknown };
    if (bound === null || bound === undefined) continue;
    if (bound !== "$@1" || !isArguments(form.get(`$ACTION_${prefix}:1`), form)) return false;
  }
  return true;
}

/** Arguments as the browser's half of the framework writes them: JSON, in which some texts stand for other values. */
export function isArguments(text: unknown, form: FormData | null): boolean {
  const root = parsed(text);
  if (!Array.isArray(root) || root.length > mostArguments) return false;
  const isKnown = (value: unknown, depth: number): boolean => {
    if (typeof value === "string") return !value.startsWith("$") || isReference(value, root, form);
    if (typeof value !== "object" || value === null) return true;
    return depth < deepest && Object.values(value).every((held) => isKnown(held, depth + 1));
  };
  return isKnown(root, 0);
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** A text with a dollar, a number, an instant, nothing; something of a page; the fields of a form; a part of the same. */
function isReference(value: string, root: readonly unknown[], form: FormData | null): boolean {
  if (/^\$(\$.*|undefined|NaN|-?Infinity|-0|n-?\d{1,100}|D.{0,40}|T.*)$/s.test(value)) return true;
  const fields = /^\$K([\da-f]{1,4})$/.exec(value)?.[1];
  if (fields !== undefined) return form !== null;
  const path = /^\$0((:[^:]+)*)$/.exec(value)?.[1];
  if (path === undefined) return false;
  let held: unknown = root;
  for (const name of path.split(":").slice(1)) {
    if (typeof held !== "object" || held === null || !Object.hasOwn(held, name)) return false;
    held = (held as Record<string, unknown>)[name];
  }
  return path !== "" && typeof held === "object";
}

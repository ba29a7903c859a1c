import { asObject, type Json, type JsonObject } from "./json";

/** Text of other programs may hold any number of braces that open nothing. */
const maxFailures = 50;

export interface FoundObjects {
  readonly objects: readonly JsonObject[];
  /** An object begins and does not end. */
  readonly isCut: boolean;
}

/** The JSON objects in a text, outermost ones only. */
export function jsonObjectsIn(text: string): FoundObjects {
  const objects: JsonObject[] = [];
  let isCut = false;
  let failures = 0;
  let at = nextStart(text, 0);
  while (at !== -1 && failures < maxFailures) {
    const end = endOfObject(text, at);
    const object = end === -1 ? null : asObject(parsed(text.slice(at, end)));
    if (object !== null) {
      objects.push(object);
    } else {
      isCut ||= end === -1;
      failures += 1;
    }
    at = nextStart(text, object === null ? at + 1 : end);
  }
  return { objects, isCut };
}

/** An object with members: a brace and a quote. */
function nextStart(text: string, from: number): number {
  const start = /\{\s*"/g;
  start.lastIndex = from;
  return start.exec(text)?.index ?? -1;
}

function endOfObject(text: string, from: number): number {
  let depth = 0;
  const next = /["{}]/g;
  next.lastIndex = from;
  for (let found = next.exec(text); found !== null; found = next.exec(text)) {
    if (found[0] === '"') {
      next.lastIndex = endOfString(text, found.index);
      if (next.lastIndex === 0) return -1;
    } else {
      depth += found[0] === "{" ? 1 : -1;
      if (depth === 0) return found.index + 1;
    }
  }
  return -1;
}

/** The index after the closing quote; 0 when there is none. */
function endOfString(text: string, from: number): number {
  const next = /[\\"]/g;
  next.lastIndex = from + 1;
  for (let found = next.exec(text); found !== null; found = next.exec(text)) {
    if (found[0] === '"') return found.index + 1;
    next.lastIndex = found.index + 2;
  }
  return 0;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

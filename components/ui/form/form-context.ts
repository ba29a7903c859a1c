import { createContext, useContext } from "react";
import type { FieldHints, FormFailure, FormHints } from "@/lib/input/form-view";

interface FormState {
  readonly failure: FormFailure | null;
  readonly hints: FormHints;
  readonly idPrefix: string;
}

export const FormContext = createContext<FormState>({ failure: null, hints: {}, idPrefix: "" });

/** What a control shows of the form around it. */
export interface ControlState {
  readonly id: string;
  readonly error: string | undefined;
  /** What was sent under its name, after a failure. */
  readonly kept: string | readonly string[] | undefined;
  readonly hasFailed: boolean;
  readonly hints: FieldHints;
}

export function useControl(name: string): ControlState {
  const { failure, hints, idPrefix } = useContext(FormContext);
  return {
    id: `${idPrefix}${name}`,
    error: failure?.fields[name],
    kept: failure?.values[name],
    hasFailed: failure !== null,
    hints: hints[name] ?? {},
  };
}

/**
 * Performs a named step of a request that changes many things, each in a transaction of its own. What a step answers can
 * be written as JSON. Whoever calls a use case decides what a repeated request makes of the steps that were done.
 */
export type Step = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** Nothing of a step is remembered. */
export const forgetful: Step = (_name, work) => work();

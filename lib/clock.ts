/** Now, passed in where a test must choose it. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

import { Refusal } from "./refusal";

/** What PostgreSQL says when it cannot start, and what to do about it. Trying again would not help. */
const known: readonly (readonly [RegExp, (home: string) => string])[] = [
  [
    /No space left on device|Disk quota exceeded/,
    (home) => `The disk is full: the embedded database in ${home} needs space. Free some and start again.`,
  ],
  [
    /data directory ".*" has wrong ownership/,
    (home) =>
      `The embedded database in ${home} belongs to another user. Start Posturio as the user who owns it, or name another folder with POSTURIO_HOME.`,
  ],
  [
    /data directory ".*" has invalid permissions/,
    (home) =>
      `Others may read the embedded database in ${home}, so PostgreSQL does not use it. Close the folder: chmod 700 ${home}/data`,
  ],
  [
    /Permission denied|Read-only file system/,
    (home) =>
      `The embedded database in ${home} cannot be written. Start Posturio as the user who owns it, or name another folder with POSTURIO_HOME.`,
  ],
];

/** Whether the reason is one that another attempt does not change. */
export function isFinal(said: string): boolean {
  return known.some(([pattern]) => pattern.test(said));
}

/** The sentence for a server that did not start, or an initdb that failed, with the end of what it said. */
export function startFailure(home: string, said: string): Refusal {
  const sentence =
    known.find(([pattern]) => pattern.test(said))?.[1](home) ??
    `The embedded database in ${home} does not start.`;
  const tail = said.trim().split("\n").slice(-8).join("\n");
  return new Refusal(`${sentence}\n\nPostgreSQL said:\n${tail}`);
}

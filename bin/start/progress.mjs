const startedAt = Date.now();

/** A line that says what goes on, with the seconds since the start. Standard output is for what was asked for. */
export function say(text) {
  process.stderr.write(`${`${Math.round((Date.now() - startedAt) / 1000)}s`.padStart(5)}  ${text}\n`);
}

/** Runs a step and shows that it lives: a line when it begins, every ten seconds, and when it took long. */
export async function step(text, work) {
  const began = Date.now();
  say(text);
  const timer = setInterval(() => say(`${text} … ${Math.round((Date.now() - began) / 1000)} s`), 10_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** An end that the reader can do something about: printed without a stack. */
export class Refusal extends Error {}

/** Ends the process: a refusal says what to do, anything else is a fault and shows where it comes from. */
export function endWith(error, code = 1) {
  process.stderr.write(`\n${error instanceof Refusal ? error.message : error.stack}\n`);
  process.exit(code);
}

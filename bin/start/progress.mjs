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

/**
 * An end that the reader can do something about: printed without a stack. Known by its name, because the embedded
 * database is a bundle with a class of its own.
 */
export class Refusal extends Error {
  constructor(message) {
    super(message);
    this.name = "Refusal";
  }
}

/** What to print of an error: a sentence where there is one, and where the fault is ours its stack. */
export function textOf(error) {
  if (error?.name === "Refusal") return error.message;
  return sentenceOf(error) ?? error?.stack ?? String(error);
}

/** Of an error of the operating system, which knows the call and mostly the file. */
function sentenceOf({ code, syscall, path }) {
  if (syscall === undefined) return null;
  const place = path === undefined ? "" : ` ${path}`;
  const attempt = `(${code} in ${syscall})`;
  switch (code) {
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return `${path ?? "A file"} cannot be used by this user ${attempt}. Start Posturio as the user who owns the folder, or name one of your own: POSTURIO_HOME=$HOME/posturio npm start`;
    case "ENOSPC":
    case "EDQUOT":
      return `The disk is full${place && `:${place} could not be written`} ${attempt}. Free some space and start again; what was saved is still there.`;
    case "ENOTDIR":
    case "EISDIR":
    case "EEXIST":
      return `${path ?? "A file"} is in the way: a folder is expected where a file is, or the reverse ${attempt}. Move it away, or name another folder with POSTURIO_HOME.`;
    case "EMFILE":
    case "ENFILE":
      return `Too many files are open ${attempt}. Raise the limit (ulimit -n 4096) and start again.`;
    case "ENOMEM":
    case "EAGAIN":
      return `This machine has no memory or no process left ${attempt}. End something else and start again.`;
    default:
      return null;
  }
}

/** Ends the process with what there is to say. */
export function endWith(error, code = 1) {
  process.stderr.write(`\n${textOf(error)}\n`);
  process.exit(code);
}

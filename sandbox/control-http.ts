import type { Control } from "./control";
import { answerControl, json } from "./control-api";
import { Journal, replay } from "./journal";
import type { Answer } from "./wire/answer";

/** Control calls that change the world itself; faults and time end with the process. */
const lasting = new Set([
  "POST roles",
  "DELETE roles",
  "POST regions",
  "POST scp",
  "POST deploy",
  "POST delivery",
  "POST settings",
]);

/** From here on changes are kept in the file; those already in it are made again first. */
export async function keepJournal(control: Control, path: string): Promise<void> {
  const journal = new Journal(path);
  await replay(control.world, journal.entries(), (route, body) => {
    const [method = "", name = ""] = route.split(" ");
    answerControl(control, method, name, body);
  });
  control.journal = journal;
}

/** Serves one control call, and keeps it in the journal when it changed the world. */
export async function answerControlRequest(
  control: Control,
  method: string,
  path: string,
  body: Buffer,
): Promise<Answer> {
  try {
    const answer = answerControl(control, method, path, body);
    if (answer.status === 200 && lasting.has(`${method} ${path}`)) {
      control.journal?.add({
        at: control.world.now(),
        control: `${method} ${path}`,
        body: body.toString("utf8"),
      });
    }
    return answer;
  } catch (error) {
    return json(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

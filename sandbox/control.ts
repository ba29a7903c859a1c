import type { World } from "./model/world";
import type { Answer } from "./wire/answer";
import { loadWorld } from "./world/load-world";
import type { WorldInput } from "./world/world-file";

/** The control API, over HTTP and as methods for tests in the same process. */
export class Control {
  world: World;
  private readonly input: WorldInput;
  private readonly caseId: string | undefined;

  constructor(input: WorldInput, caseId?: string) {
    this.input = input;
    this.caseId = caseId;
    this.world = loadWorld(input, caseId);
  }

  /** Back to the world file: trails, roles, faults, time, sessions and counters. */
  reset(): void {
    this.world = loadWorld(this.input, this.caseId);
  }

  async answer(_method: string, path: string, _body: Buffer): Promise<Answer> {
    if (path === "health") return json(200, { status: "ok" });
    return json(404, { error: `No such control: ${path}` });
  }
}

function json(status: number, value: unknown): Answer {
  return { status, headers: { "content-type": "application/json" }, body: `${JSON.stringify(value)}\n` };
}

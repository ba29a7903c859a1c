import { type ChildProcess, spawn } from "node:child_process";

/**
 * Waits for the end of its standard input, which comes when the starter ends, however it ends. Then it stops the server
 * as an administrator would: fast, after 10 s immediately. The pid file says that the server is still the one that was
 * started: it goes with the server, and names another process when the next start was quicker.
 */
const script = `
read -r _
is_ours() { [ "$(head -n 1 "$2/postmaster.pid" 2>/dev/null)" = "$1" ] && kill -0 "$1" 2>/dev/null; }
is_ours "$1" "$2" && kill -INT "$1"
tries=0
while is_ours "$1" "$2" && [ "$tries" -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
is_ours "$1" "$2" && kill -QUIT "$1"
exit 0
`;

export interface Watch {
  /** Ends the watch without touching the server. Resolves when its process is gone. */
  end(): Promise<void>;
}

/**
 * Starts a small process that outlives ours and stops the server when we are gone: a starter that is killed outright
 * can stop nothing itself, and the server, in a process group of its own, would go on unseen.
 */
export function watchOver(postmaster: number, dataDirectory: string, env: NodeJS.ProcessEnv): Watch {
  const watcher = spawn("sh", ["-c", script, "posturio-database-watch", String(postmaster), dataDirectory], {
    env,
    stdio: ["pipe", "ignore", "ignore"],
    // Ctrl-C must not reach it: it would leave the server alone in the moment it is there for.
    detached: true,
  });
  const gone = new Promise<void>((resolve) => {
    watcher.once("exit", () => resolve());
    watcher.once("error", () => resolve());
  });
  letGo(watcher);
  return {
    end: async () => {
      watcher.kill("SIGKILL");
      await gone;
    },
  };
}

/** Neither the process nor its pipe keeps ours alive; a pipe that breaks first is no error. */
function letGo(watcher: ChildProcess): void {
  watcher.unref();
  const { stdin } = watcher;
  stdin?.on("error", () => undefined);
  if (stdin !== null && "unref" in stdin && typeof stdin.unref === "function") stdin.unref();
}

import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a pasted text did. */
export interface Pasted {
  readonly code: number | null;
  /** Arguments of every call of `aws`, in order. */
  readonly calls: readonly (readonly string[])[];
  /** Other programs that ran, but for those that the snippets use to read and write text. */
  readonly others: readonly string[];
  /** Files that are left in the folder in which it was pasted, in the home and in the folder for temporary files. */
  readonly files: readonly string[];
  readonly out: string;
  readonly errors: string;
}

const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Sid: "It's theirs; touch PWNED", Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" },
  ],
});

const stub = `#!/bin/sh
{ printf '%s\\0' "$#" "$@"; } >> "$STUB_LOG"
case "$1 $2" in
  "s3api get-bucket-policy" | "kms get-key-policy") printf '%s\\n' "$STUB_POLICY" ;;
  "organizations create-policy") echo p-1234567890 ;;
esac
`;

/** A folder that is all of PATH: `aws` writes down how it was called, and so does whatever else is not expected. */
export class StubShell {
  private readonly root = mkdtempSync(join(tmpdir(), "posturio-paste-"));

  constructor() {
    const bin = join(this.root, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "aws"), stub);
    for (const name of ["touch", "evil", "curl"]) {
      writeFileSync(join(bin, name), `#!/bin/bash\necho ${name} >> "$STUB_OTHERS"\n`);
      chmodSync(join(bin, name), 0o755);
    }
    chmodSync(join(bin, "aws"), 0o755);
    for (const name of ["bash", "cat", "jq", "sed"]) symlinkSync(programPath(name), join(bin, name));
  }

  close(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Hands the text to a shell on its standard input, as a terminal does with what is pasted. */
  paste(shell: "bash" | "dash", text: string): Pasted {
    const place = mkdtempSync(join(this.root, "run-"));
    const [cwd, home, tmp] = ["cwd", "home", "tmp"].map((name) => join(place, name));
    for (const folder of [cwd, home, tmp]) mkdirSync(folder ?? "");
    const log = join(place, "log");
    const others = join(place, "others");
    writeFileSync(log, "");
    writeFileSync(others, "");
    const env = {
      PATH: join(this.root, "bin"),
      HOME: home,
      TMPDIR: tmp,
      STUB_LOG: log,
      STUB_OTHERS: others,
      STUB_POLICY: policy,
      NODE_ENV: "test" as const,
    };
    const done = spawnSync(programPath(shell), [], { cwd, env, input: `${text}\n`, timeout: 30_000 });
    const files = [cwd, home, tmp].flatMap((folder) => readdirSync(folder ?? ""));
    return {
      code: done.status,
      calls: callsIn(readFileSync(log)),
      others: readFileSync(others, "utf8").split("\n").filter(Boolean),
      files,
      out: done.stdout.toString("utf8"),
      errors: done.stderr.toString("utf8"),
    };
  }
}

function callsIn(log: Buffer): readonly (readonly string[])[] {
  const words = log.toString("utf8").split("\0");
  words.pop();
  const calls: string[][] = [];
  while (words.length > 0) calls.push(words.splice(0, 1 + Number(words[0])).slice(1));
  return calls;
}

function programPath(name: string): string {
  const { stdout } = spawnSync("sh", ["-c", `command -v ${name}`]);
  return stdout.toString("utf8").trim();
}

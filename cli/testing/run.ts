import { main, textOf } from "@/cli/main";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process, as bin/posturio.mjs does. */
export async function run(
  argv: readonly string[],
  over: {
    readonly files?: Readonly<Record<string, string | Uint8Array>>;
    readonly env?: Record<string, string>;
  } = {},
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(argv, {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    env: { ...process.env, ...over.env },
    isTerminal: false,
    version: "1.2.3",
    readText: async (path) => {
      const text = over.files?.[path];
      if (text === undefined) throw new Error(`ENOENT: no such file or directory, open '${path}'`);
      return typeof text === "string" ? text : textOf(text);
    },
  });
  return { code, out: out.join(""), err: err.join("") };
}

const ours = /^AWS_(?!SDK_JS_NODE_VERSION)/;

/** The process's AWS settings become exactly these, as if typed before the command. */
export function setAwsEnvironment(settings: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env)) if (ours.test(name)) delete process.env[name];
  Object.assign(process.env, { AWS_EC2_METADATA_DISABLED: "true", ...noFiles }, settings);
}

/** What a developer's own profile says is no part of a test. */
const noFiles = { AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" };

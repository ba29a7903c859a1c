import { spawnSync } from "node:child_process";
import { root } from "./paths.mjs";
import { program } from "./programs.mjs";

const isSet = (name) => name.startsWith("POSTURIO_PRINCIPAL_ARN_") && process.env[name];

/**
 * Whom customers' roles must trust, when the operator did not say: the operator's own AWS identity, asked from AWS.
 * Sets POSTURIO_PRINCIPAL_ARN_… for web and worker. Answers a sentence for the operator; never stops a start.
 */
export function adoptPrincipal(dev) {
  const said = Object.keys(process.env).filter(isSet);
  if (said.length > 0) return said.map((name) => `Customers' roles trust ${process.env[name]}.`).join("\n  ");
  const asked = spawnSync(process.execPath, program("scanner-identity", dev), {
    cwd: root,
    encoding: "utf8",
    timeout: 30_000,
    env: {
      ...process.env,
      LOG_LEVEL: "silent",
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    },
  });
  let answer = {};
  try {
    answer = JSON.parse(asked.stdout);
  } catch {
    answer = { problem: "AWS could not be asked" };
  }
  if (!answer.arn) {
    return `Whom customers' roles must trust is not known (${answer.problem}): sign in to AWS, or set
  POSTURIO_PRINCIPAL_ARN_AWS, and start again. Until then no account can be connected.`;
  }
  process.env[`POSTURIO_PRINCIPAL_ARN_${answer.partition.toUpperCase().replaceAll("-", "_")}`] = answer.arn;
  return `Customers' roles trust ${answer.arn}.`;
}

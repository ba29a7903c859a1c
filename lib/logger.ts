import pino, { type DestinationStream, type Logger } from "pino";
import { env } from "./env";
import { redactKeys, redactText } from "./redact";

export type { Logger } from "pino";

const standardOutput: DestinationStream = { write: (line) => void process.stdout.write(line) };

/**
 * A logger of JSON lines. Secrets are removed twice: by key before a line is written, by shape from the finished line,
 * so that one in a message, a stack or a child's binding does not get through either.
 */
export function createLogger(level: string, destination: DestinationStream = standardOutput): Logger {
  const root = pino(
    {
      level,
      base: { app: "posturio", pid: process.pid },
      messageKey: "message",
      errorKey: "error",
      timestamp: () => `,"at":"${new Date().toISOString()}"`,
      formatters: {
        level: (label) => ({ level: label }),
        log: (object) => redactKeys(object) as Record<string, unknown>,
      },
      // Errors are opened by redactKeys; the built-in serializer would open them again.
      serializers: { error: (error: unknown) => error, err: (error: unknown) => error },
    },
    { write: (line) => destination.write(redactText(line)) },
  );
  return withCleanChildren(root);
}

/** pino formats what is logged, but not what a child is bound to. */
function withCleanChildren(parent: Logger): Logger {
  const child = parent.child.bind(parent);
  parent.child = ((bindings: Record<string, unknown>) =>
    withCleanChildren(child(redactKeys(bindings) as Record<string, unknown>))) as unknown as Logger["child"];
  return parent;
}

let instance: Logger | undefined;

/**
 * The product's logger, created at its first use. Take a child where ids are known: `logger.child({ requestId })`,
 * `logger.child({ tenantId, scanId, attempt })`.
 */
export const logger: Logger = new Proxy({} as Logger, {
  get(_target, name) {
    instance ??= createLogger(env.LOG_LEVEL);
    const value = Reflect.get(instance, name, instance) as unknown;
    return typeof value === "function" ? value.bind(instance) : value;
  },
});

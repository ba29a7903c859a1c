import { runInNewContext } from "node:vm";
import { transformSync } from "esbuild";

/**
 * Compiles a CDK or Pulumi program and runs it against stand-ins of its packages. Gives the arguments of everything
 * that it constructs or calls, and throws when it reaches for anything but those packages.
 */
export function runTypeScript(text: string): readonly unknown[] {
  // Bundlers copy the members of a module, and a stand-in has every member.
  const required = text
    .replace(/^import type .*$/gm, "")
    .replace(/^import \* as (\w+) from (".*");$/gm, "const $1 = require($2);")
    .replace(
      /^import \{(.*)\} from (".*");$/gm,
      (_, names: string, from: string) => `const {${names.replace(/type \w+/g, "")}} = require(${from});`,
    );
  const { code } = transformSync(required, { loader: "ts", format: "cjs" });
  const seen: unknown[] = [];
  const stand = standIn(seen);
  const context = {
    exports: {},
    module: { exports: {} },
    require: () => stand,
    get process(): never {
      throw new Error("The program reached for the process.");
    },
  };
  // Names that are not there throw as well: a text that became code does not pass unseen.
  runInNewContext(code, context, { timeout: 5_000 });
  return seen;
}

function standIn(seen: unknown[]): object {
  const proxy: object = new Proxy(class {}, {
    get(target, key) {
      if (key === "prototype") return Reflect.get(target, key);
      if (key === Symbol.toPrimitive) return () => "stand-in";
      return key === "__esModule" ? true : standIn(seen);
    },
    apply(_target, _self, args) {
      seen.push(plain(args));
      return standIn(seen);
    },
    construct(target, args, newTarget) {
      seen.push(plain(args));
      return newTarget === proxy ? standIn(seen) : Reflect.construct(target, [], newTarget);
    },
  });
  return proxy;
}

/** Arguments without stand-ins and functions. */
function plain(value: unknown): unknown {
  if (typeof value === "function") return null;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if (Object.getPrototypeOf(Object.getPrototypeOf(value) ?? {}) !== null) return null;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

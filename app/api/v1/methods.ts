import type { Operation } from "./operation";
import { operations } from "./operations";

const served = new Map<string, Set<string>>([["/openapi.json", new Set(["GET"])]]);
for (const { path, method } of operations as readonly Operation[]) {
  served.set(path, (served.get(path) ?? new Set()).add(method));
}

/** As the framework does: a path is looked for before one with a parameter in its place. */
const inOrder = [...served].sort(([one], [other]) => Number(one.includes("{")) - Number(other.includes("{")));

const routes = inOrder.map(([path, methods]) => ({
  pattern: new RegExp(`^/api/v1${path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "[^/]+")}/?$`),
  // The framework answers these two itself.
  methods: [...methods, ...(methods.has("GET") ? ["HEAD"] : []), "OPTIONS"].sort(),
}));

/** The methods of an endpoint of the API; null for an address that has none. */
export function methodsAt(pathname: string): readonly string[] | null {
  return routes.find(({ pattern }) => pattern.test(pathname))?.methods ?? null;
}

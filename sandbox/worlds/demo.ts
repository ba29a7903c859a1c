import type { WorldFile } from "../world/world-file";

export function demoWorld(): WorldFile {
  return { accounts: [{ account: { id: "111122223333", name: "acme-prod" } }] };
}

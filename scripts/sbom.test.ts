import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Component {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly scope?: string;
  readonly hashes?: readonly { readonly content: string }[];
}

test("the list of packages names each of the lock once, with its hash", { timeout: 60_000 }, () => {
  execFileSync(process.execPath, ["scripts/sbom.mjs"], { stdio: "pipe" });
  const sbom = JSON.parse(readFileSync("dist/sbom.cdx.json", "utf8")) as {
    bomFormat: string;
    metadata: { component: Component };
    components: readonly Component[];
  };
  expect(sbom.bomFormat).toBe("CycloneDX");
  expect(sbom.metadata.component.name).toBe("posturio");
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
    packages: Record<string, { version?: string; name?: string; inBundle?: boolean }>;
  };
  const locked = Object.entries(packages).flatMap(([path, { version, name }]) =>
    path === "" ? [] : [`${name ?? path.split("node_modules/").at(-1)}@${version}`],
  );
  expect(sbom.components.map(({ name, version }) => `${name}@${version}`).sort()).toEqual(
    [...new Set(locked)].sort(),
  );
  expect(sbom.components.filter(({ scope }) => scope !== undefined)).toEqual([]);
  // What another package brings inside itself is covered by that one's hash.
  const bundled = new Set(
    Object.entries(packages).flatMap(([path, { inBundle }]) =>
      inBundle ? [path.split("node_modules/").at(-1)] : [],
    ),
  );
  const lacking = sbom.components.filter(({ hashes }) => !hashes?.length).map(({ name }) => name);
  expect(lacking.filter((name) => !bundled.has(name))).toEqual([]);
});

import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * `unit`: pure and fast. `db`: *.db.test.ts, each file with its own migrated database on one real PostgreSQL.
 * `sandbox`: the AWS stand-in. Choose with `--project db`.
 */
export default defineConfig({
  resolve: {
    alias: {
      "@": here("."),
    },
  },
  test: {
    env: { LOG_LEVEL: "silent", TZ: "UTC", AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    setupFiles: [here("lib/db/testing/no-console-errors.ts")],
    exclude: ["**/node_modules/**", "**/.next/**", "**/.posturio/**", "**/dist/**", "e2e/**/*.spec.ts"],
    testTimeout: 10_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: ["**/*.db.test.ts", "**/node_modules/**", "**/.*/**", "dist/**", "sandbox/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: ["**/*.db.test.ts"],
          globalSetup: [here("lib/db/testing/global-setup.ts")],
          setupFiles: [here("lib/db/testing/setup.ts")],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: "sandbox", include: ["sandbox/**/*.test.ts"], testTimeout: 30_000 },
      },
    ],
  },
});

/** `prepack`: the tarball holds bin/posturio.mjs and this one bundle. */
import { buildCommandLine } from "./start/build.mjs";
import { ensureInstalled } from "./start/install.mjs";

await ensureInstalled();
await buildCommandLine("cli");

/** `prepack`: the tarball holds bin/posturio.mjs and this one bundle. */
import { buildCommandLine } from "./start/build.mjs";
import { ensureInstalled } from "./start/install.mjs";
import { endWith } from "./start/progress.mjs";

await ensureInstalled()
  .then(() => buildCommandLine("cli"))
  .catch(endWith);

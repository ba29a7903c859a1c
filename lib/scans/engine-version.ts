import packageFile from "@/package.json" with { type: "json" };

/** Which build of Posturio wrote an evaluation. Stored with every scan. */
export const engineVersion: string = packageFile.version;

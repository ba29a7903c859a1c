import { CheckArticle } from "@/components/checks/check-article";
import { JsonLd } from "@/components/checks/json-ld";
import { structuredData } from "@/components/checks/structured-data";
import { findCheck } from "@/lib/checks/registry";
import type { StaticBody } from "./static-body";

/** The article itself: drawn here, and sent as HTML alone. */
export const useStaticBody: StaticBody = (checkId, origin) => {
  const check = findCheck(checkId);
  if (check === undefined) throw new Error(`There is no check ${checkId}.`);
  const children = (
    <>
      <JsonLd things={structuredData(check, origin)} />
      <CheckArticle check={check} />
    </>
  );
  return { children };
};

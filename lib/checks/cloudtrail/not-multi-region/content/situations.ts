import type { PageSituation } from "@/lib/checks/check-page";
import { type SampleTrail, sampleWorld } from "./sample-world";

const own = (homeRegion: string): SampleTrail => ({ name: `audit-${homeRegion}`, homeRegion });
const main = { name: "acme-audit", homeRegion: "us-east-1", isMultiRegion: true } as const;

function situation(id: string, title: string, trails: readonly SampleTrail[]): PageSituation {
  return { id, title, ...sampleWorld(trails) };
}

/** Six Regions with a trail of their own, eleven without: the picture of the landing page and of previews. */
const singleRegionOnly: readonly SampleTrail[] = [
  { name: "acme-audit", homeRegion: "eu-central-1" },
  ...["us-east-1", "us-west-2", "eu-west-1", "ap-northeast-1", "ap-southeast-2"].map(own),
];

/** Ways to fail, the usual one first. Each is judged by the check itself when the page is built. */
export const situations: readonly PageSituation[] = [
  situation("single-region-only", "You have single-Region trails only", singleRegionOnly),
  situation("no-trail", "You have no trail", []),
  situation("stopped", "The multi-Region trail is stopped", [
    {
      ...main,
      status: {
        isLogging: false,
        stopLoggingTime: "2026-11-18T03:14:00Z",
        latestDeliveryTime: "2026-11-18T03:16:00Z",
      },
    },
  ]),
  situation("filtered", "The trail leaves out events", [
    {
      ...main,
      selectors: { basic: [{ readWriteType: "WriteOnly", includeManagementEvents: true }], advanced: [] },
    },
  ]),
  situation("not-delivering", "The trail cannot deliver", [
    { ...main, status: { latestDeliveryError: "AccessDenied", latestDeliveryTime: "2026-11-22T09:14:00Z" } },
  ]),
  situation("organization-trail-in-one-region", "The organization trail covers one Region", [
    { name: "org-trail", homeRegion: "us-east-1", isOrganization: true, owner: "999988887777" },
  ]),
];

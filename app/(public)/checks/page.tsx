import type { Metadata } from "next";
import { CheckList } from "@/components/checks/check-list";
import { checks } from "@/lib/checks/registry";

const description =
  "Every check of Posturio: what it asks of an AWS account, how severe a gap is, what it supports, and how to fix it.";

export const metadata: Metadata = {
  title: "Checks",
  description,
  alternates: { canonical: "/checks" },
  openGraph: { type: "website", title: "Checks", description, url: "/checks", siteName: "Posturio" },
};

export default function ChecksPage() {
  return (
    <div className="max-w-[820px] py-8">
      <h1 className="verdict text-verdict md:text-landing">Checks</h1>
      <p className="mt-4 max-w-[64ch] text-prose text-ink-2">
        Each check asks one question of an AWS account and answers it from what AWS says. Its page explains
        the question, the risk, the fix and how to verify it.
      </p>
      <CheckList checks={checks} />
    </div>
  );
}

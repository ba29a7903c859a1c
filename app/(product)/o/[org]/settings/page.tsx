import { redirect } from "next/navigation";

export default async function SettingsPage({ params }: { readonly params: Promise<{ org: string }> }) {
  const { org } = await params;
  redirect(`/o/${encodeURIComponent(org)}/settings/organization`);
}

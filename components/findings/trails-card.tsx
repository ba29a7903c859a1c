import { Glyph, type GlyphName } from "@/components/coverage/glyph";
import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code";
import { CopyButton } from "@/components/ui/copy-button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { TrailRow } from "@/lib/checks/description";
import { trailHealthLabel } from "@/lib/checks/labels";

const healthGlyph: Readonly<Record<string, { readonly glyph: GlyphName; readonly tone: string }>> = {
  OK: { glyph: "logged", tone: "text-ink" },
  PENDING: { glyph: "pending", tone: "text-wait" },
  STALE: { glyph: "delivery-failing", tone: "text-wait" },
  FAILING: { glyph: "delivery-failing", tone: "text-wait" },
  NEVER_DELIVERED: { glyph: "delivery-failing", tone: "text-wait" },
  STOPPED: { glyph: "not-logged", tone: "text-blind" },
  HOME_REGION_OFF: { glyph: "not-logged", tone: "text-blind" },
  UNKNOWN: { glyph: "could-not-read", tone: "text-ink-2" },
};

/** Every trail seen in the account, the suggested one marked. */
export function TrailsCard({ trails }: { readonly trails: readonly TrailRow[] }) {
  return (
    <Card
      id="trails"
      title="Trails"
      aside={trails.length === 1 ? "1 trail" : `${trails.length} trails`}
      flush
    >
      {trails.length === 0 ? (
        <p className="px-4 py-[14px] text-ink-2">No trail was seen in this account.</p>
      ) : (
        <Table caption="Trails of this account">
          <thead>
            <tr>
              <Th>Trail</Th>
              <Th>Home Region</Th>
              <Th>Covers</Th>
              <Th>Delivery</Th>
              <Th>Events</Th>
              <Th>Destination</Th>
            </tr>
          </thead>
          <tbody>
            {trails.map((trail) => (
              <TrailLine key={trail.arn} trail={trail} />
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}

function TrailLine({ trail }: { readonly trail: TrailRow }) {
  const health = healthGlyph[trail.health] ?? { glyph: "could-not-read" as const, tone: "text-ink-2" };
  return (
    <Tr>
      <Td className="min-w-[170px]">
        <span className="font-semibold [overflow-wrap:anywhere]">{trail.name}</span>
        {trail.isSuggested ? <span className="text-small text-brand"> · change this one</span> : null}
        <div className="-ms-2">
          <CopyButton text={trail.arn} label="Copy ARN" className="min-h-6! text-meta! font-normal!" />
        </div>
      </Td>
      <Td>
        <Code className="whitespace-nowrap">{trail.homeRegion}</Code>
      </Td>
      <Td className="text-small whitespace-nowrap">
        {trail.isMultiRegion ? "All Regions" : "One Region"}
        {trail.isOrganization ? <div className="text-ink-3">Organization trail</div> : null}
      </Td>
      <Td className="min-w-[170px] text-small">
        <span className={`inline-flex items-start gap-[6px] ${health.tone}`}>
          <span className="mt-px">
            <Glyph name={health.glyph} />
          </span>
          {trail.health === "OK" ? trailHealthLabel(trail.health) : trail.healthText}
        </span>
        {trail.latestDeliveryTime ? (
          <div className="ps-[22px] text-ink-3">
            Last delivery <Time at={trail.latestDeliveryTime} />
          </div>
        ) : null}
      </Td>
      <Td className="min-w-[120px] text-small">{trail.eventsText}</Td>
      <Td className="min-w-[150px] text-small">
        {trail.bucket ? <Code>{trail.bucket}</Code> : <span className="text-ink-3">Not known</span>}
        <div className="text-ink-3">
          {trail.logFileValidationEnabled ? "Log validation on" : "Log validation off"}
          {trail.isEncrypted ? " · KMS" : ""}
        </div>
      </Td>
    </Tr>
  );
}

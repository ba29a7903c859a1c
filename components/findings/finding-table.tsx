import Link from "next/link";
import { Code } from "@/components/ui/code";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { FindingRow } from "@/lib/findings/finding-view";
import { accountIdText } from "./facts-column";
import { Severity } from "./severity";
import { ObservationMark } from "./status-tag";

function Verdict({ row, root }: { readonly row: FindingRow; readonly root: string }) {
  const words = row.short ?? (row.observation === "unknown" ? "No verdict yet" : row.checkTitle);
  const href = `${root}/findings/${row.key ?? row.id}`;
  return (
    <Link href={href} className="font-semibold text-ink no-underline hover:text-brand hover:underline">
      {words}
      {row.short && row.observation === "unknown" ? (
        <span className="text-small font-normal text-ink-2"> · last verdict, not confirmed</span>
      ) : null}
    </Link>
  );
}

/** Age of the verdict; amber when it is older than the account's schedule allows. */
function Age({ row }: { readonly row: FindingRow }) {
  if (row.decidedAt === null) return <span className="text-ink-3">no verdict</span>;
  return (
    <span className={row.isStale ? "font-semibold text-wait" : "text-ink-2"}>
      <Time at={row.decidedAt} />
      {row.isStale ? " · stale" : ""}
    </span>
  );
}

/** One row per account and check. On a narrow screen each row becomes a two-line item. */
export function FindingTable({
  rows,
  root,
}: {
  readonly rows: readonly FindingRow[];
  readonly root: string;
}) {
  return (
    <div className="rounded-card border border-line bg-surface">
      <div className="max-md:hidden">
        <Table caption="Findings">
          <thead>
            <tr>
              <Th>Observation</Th>
              <Th>Severity</Th>
              <Th>Verdict</Th>
              <Th>Account</Th>
              <Th>Check</Th>
              <Th>Last verdict</Th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Tr key={row.id} className="hover:bg-sunken">
                <Td>
                  <ObservationMark observation={row.observation} />
                </Td>
                <Td>
                  {row.severity ? (
                    <Severity value={row.severity} />
                  ) : (
                    <span className="text-ink-3">None</span>
                  )}
                </Td>
                <Td className="min-w-[200px]">
                  <Verdict row={row} root={root} />
                  {row.key ? (
                    <span className="text-ink-3">
                      {" "}
                      <Code className="text-meta!">{row.key}</Code>
                    </span>
                  ) : null}
                </Td>
                <Td className="whitespace-nowrap">
                  {row.accountName}{" "}
                  <span className="text-meta text-ink-3">
                    {accountIdText(row.awsAccountId)}
                    {row.accountStatus === "disconnected" ? " · disconnected" : ""}
                    {row.accountStatus === "unreachable" ? " · unreachable" : ""}
                  </span>
                </Td>
                <Td>
                  <Code className="text-ink-2">{row.checkId}</Code>
                </Td>
                <Td className="text-small whitespace-nowrap">
                  <Age row={row} />
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </div>
      <ul aria-label="Findings" className="md:hidden">
        {rows.map((row) => (
          <li key={row.id} className="grid gap-1 border-b border-line px-4 py-3 last:border-b-0">
            <div className="flex items-center justify-between gap-2 text-small">
              <ObservationMark observation={row.observation} />
              {row.severity ? <Severity value={row.severity} /> : null}
            </div>
            <div>
              <Verdict row={row} root={root} />
            </div>
            <div className="text-small text-ink-3">
              {row.accountName} {row.key ? `· ${row.key} ` : ""}· <Age row={row} />
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

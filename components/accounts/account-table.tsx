import Link from "next/link";
import { Glyph, type GlyphName } from "@/components/coverage/glyph";
import { accountIdText } from "@/components/findings/facts-column";
import { cx } from "@/components/ui/cx";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { environmentLabels } from "@/lib/accounts/account-states";
import type { AccountRow } from "@/lib/accounts/account-view";
import { type Observation, observationLabels } from "@/lib/findings/lifecycle/states";
import { AccountStatus } from "./account-status";

function hrefOf(account: AccountRow, root: string): string {
  return account.status === "draft" ? `${root}/connect/${account.id}` : `${root}/accounts/${account.id}`;
}

const glyphs = {
  failing: "not-logged",
  passing: "logged",
  unknown: "could-not-read",
} as const satisfies Record<Observation, GlyphName>;

/** What the last verdicts say, in words. */
function Coverage({ account }: { readonly account: AccountRow }) {
  if (account.findings.length === 0) return <span className="text-ink-3">Not scanned yet</span>;
  return (
    <ul className="grid gap-1">
      {account.findings.map((finding) => (
        <li key={finding.checkId} className="inline-flex items-center gap-[6px]">
          <Glyph name={glyphs[finding.observation]} />
          <span>
            {finding.short ??
              (finding.observation === "unknown"
                ? "Could not be judged"
                : observationLabels[finding.observation])}
            {finding.short && finding.observation === "unknown" ? (
              <span className="text-small text-ink-2"> · last verdict, not confirmed</span>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  );
}

function LastRead({ account }: { readonly account: AccountRow }) {
  if (account.lastReadAt === null) return <span className="text-ink-3">never</span>;
  return (
    <span className={account.isStale ? "font-semibold text-wait" : "text-ink-2"}>
      <Time at={account.lastReadAt} />
      {account.isStale ? " · stale" : ""}
    </span>
  );
}

/** Is everything connected and read? Unreachable rows are amber and say why. */
export function AccountTable({
  accounts,
  root,
}: {
  readonly accounts: readonly AccountRow[];
  readonly root: string;
}) {
  return (
    <div className="rounded-card border border-line bg-surface">
      <div className="max-md:hidden">
        <Table caption="AWS accounts">
          <thead>
            <tr>
              <Th>Account</Th>
              <Th>Environment</Th>
              <Th>Connection</Th>
              <Th>CloudTrail coverage</Th>
              <Th>Last read</Th>
            </tr>
          </thead>
          <tbody>
            {accounts.map((account) => (
              <Tr
                key={account.id}
                className={account.status === "unreachable" ? "bg-wait-tint" : "hover:bg-sunken"}
              >
                <Td className="whitespace-nowrap">
                  <Link
                    href={hrefOf(account, root)}
                    className="font-semibold text-ink no-underline hover:text-brand hover:underline"
                  >
                    {account.name}
                  </Link>{" "}
                  <span
                    className={cx(
                      "text-meta",
                      account.status === "unreachable" ? "text-ink-2" : "text-ink-3",
                    )}
                  >
                    {accountIdText(account.awsAccountId)}
                  </span>
                </Td>
                <Td className="text-small text-ink-2">{environmentLabels[account.environment]}</Td>
                <Td>
                  <AccountStatus status={account.status} />
                  {account.statusText && account.status !== "connected" ? (
                    <p className="mt-1 max-w-[40ch] text-small text-ink-2">{account.statusText}</p>
                  ) : null}
                </Td>
                <Td className="min-w-[180px]">
                  <Coverage account={account} />
                </Td>
                <Td className="text-small whitespace-nowrap">
                  <LastRead account={account} />
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </div>
      <ul aria-label="AWS accounts" className="md:hidden">
        {accounts.map((account) => (
          <li
            key={account.id}
            className={cx(
              "grid gap-1 border-b border-line px-4 py-3 last:border-b-0",
              account.status === "unreachable" && "bg-wait-tint",
            )}
          >
            <div className="flex items-center justify-between gap-2">
              <Link
                href={hrefOf(account, root)}
                className="min-w-0 truncate font-semibold text-ink no-underline"
              >
                {account.name}
              </Link>
              <AccountStatus status={account.status} />
            </div>
            <div className="text-small">
              <Coverage account={account} />
            </div>
            {account.statusText && account.status !== "connected" ? (
              <p className="text-small text-ink-2">{account.statusText}</p>
            ) : null}
            <div className="text-small text-ink-2">
              {accountIdText(account.awsAccountId)} · {environmentLabels[account.environment]} · read{" "}
              <LastRead account={account} />
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

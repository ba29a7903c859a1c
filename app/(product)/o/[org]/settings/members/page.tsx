import type { Metadata } from "next";
import { Card } from "@/components/ui/card";
import { ActionButton } from "@/components/ui/form/action-button";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import { Time } from "@/components/ui/time";
import { pageTenant } from "@/lib/http/page";
import { formHints } from "@/lib/input/form-hints";
import { listInvites } from "@/lib/members/invites";
import { inviteInput, memberRemoval, memberRole } from "@/lib/members/member-input";
import { listMembers } from "@/lib/members/members";
import { may } from "@/lib/tenancy/authorize";
import { count } from "@/lib/text";
import { orUnavailable } from "../../../../or-unavailable";
import { withdrawInvite } from "./actions";
import { InviteForm } from "./invite-form";
import { MemberEditor } from "./member-editor";

export const metadata: Metadata = { title: "Members" };

export default orUnavailable(MembersPage);

async function MembersPage({ params }: { readonly params: Promise<{ org: string }> }) {
  const { org } = await params;
  const ctx = await pageTenant(org, "member.view");
  const canManage = may(ctx, "member.manage");
  const members = await listMembers(ctx);
  const memberHints = { ...formHints(memberRole), ...formHints(memberRemoval.pick({ reassignTo: true })) };
  const successors = members
    .filter(({ role, isDisabled }) => role !== "auditor" && !isDisabled)
    .map(({ userId, name }) => ({ id: userId, name }));
  const invites = canManage ? await listInvites(ctx) : [];
  return (
    <>
      <Card id="members-card" title="Members" aside={count(members.length, "person", "people")} flush>
        <Table caption="Members of the organization" className="rows member-rows">
          <thead>
            <tr>
              <Th>Name</Th>
              <Th>Role</Th>
              <Th>Joined</Th>
              {canManage ? <Th>Change</Th> : null}
            </tr>
          </thead>
          <tbody>
            {members.map((member) => (
              <Tr key={member.userId}>
                <Td>
                  <span className="font-medium">{member.name}</span>
                  {member.isYou ? <span className="text-ink-3"> (you)</span> : null}
                  <br />
                  <span className="text-small text-ink-3">{member.email}</span>
                </Td>
                <Td>
                  <span className="flex flex-wrap gap-1">
                    <Tag>{member.role}</Tag>
                    {member.isDisabled ? <Tag tone="blind">disabled</Tag> : null}
                  </span>
                </Td>
                <Td>
                  <span className="md:hidden">joined </span>
                  <Time at={member.joinedAt} style="date" />
                </Td>
                {canManage ? (
                  <Td>
                    <MemberEditor
                      hints={memberHints}
                      organization={ctx.slug}
                      member={member}
                      successors={successors}
                    />
                  </Td>
                ) : null}
              </Tr>
            ))}
          </tbody>
        </Table>
      </Card>
      {canManage ? (
        <>
          <Card id="invite-card" title="Invite someone">
            <InviteForm hints={formHints(inviteInput)} organization={ctx.slug} />
          </Card>
          {invites.length === 0 ? null : (
            <Card id="invites-card" title="Open invites" flush>
              <Table caption="Invites that can still be accepted" className="rows invite-rows">
                <thead>
                  <tr>
                    <Th>For</Th>
                    <Th>Role</Th>
                    <Th>Expires</Th>
                    <Th>Withdraw</Th>
                  </tr>
                </thead>
                <tbody>
                  {invites.map((invite) => (
                    <Tr key={invite.id}>
                      <Td>{invite.email}</Td>
                      <Td>
                        <Tag>{invite.role}</Tag>
                      </Td>
                      <Td>
                        <span className="md:hidden">expires </span>
                        <Time at={invite.expiresAt} />
                      </Td>
                      <Td>
                        <ActionButton
                          action={withdrawInvite.bind(null, ctx.slug)}
                          values={{ inviteId: invite.id }}
                          size="small"
                          pendingText="Withdrawing…"
                        >
                          Withdraw<span className="sr-only"> the invite for {invite.email}</span>
                        </ActionButton>
                      </Td>
                    </Tr>
                  ))}
                </tbody>
              </Table>
            </Card>
          )}
        </>
      ) : (
        <p className="text-small text-ink-3">Only admins invite people and change roles.</p>
      )}
    </>
  );
}

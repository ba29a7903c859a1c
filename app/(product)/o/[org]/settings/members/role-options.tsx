import { type Role, roles } from "@/lib/tenancy/permissions";

/** What each role may do, in a few words: the same table as in lib/tenancy/permissions. */
export const roleText: Readonly<Record<Role, string>> = {
  admin: "Admin: everything, members and tokens included",
  lead: "Lead: connects accounts and starts scans",
  member: "Member: sees everything, scans findings that fail",
  auditor: "Auditor: sees everything, changes nothing",
};

export function RoleOptions() {
  return roles.values.map((role) => (
    <option key={role} value={role}>
      {roleText[role]}
    </option>
  ));
}

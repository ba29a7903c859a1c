import { type Role, roles } from "@/lib/tenancy/permissions";

/** What each role may do, in a few words: the same table as in lib/tenancy/permissions. */
export const roleText: Readonly<Record<Role, string>> = {
  admin: "Admin: may do everything",
  lead: "Lead: connects and scans accounts",
  member: "Member: sees all, scans what fails",
  auditor: "Auditor: sees all, changes nothing",
};

export function RoleOptions() {
  return roles.values.map((role) => (
    <option key={role} value={role}>
      {roleText[role]}
    </option>
  ));
}

/** What each role may do, in a few words: the same table as in lib/tenancy/permissions. */
export const roleText = {
  admin: "Admin: everything, members and tokens included",
  lead: "Lead: connects accounts and starts scans",
  member: "Member: sees everything",
  auditor: "Auditor: sees everything, approves nothing",
} as const;

export function RoleOptions() {
  return Object.entries(roleText).map(([role, text]) => (
    <option key={role} value={role}>
      {text}
    </option>
  ));
}

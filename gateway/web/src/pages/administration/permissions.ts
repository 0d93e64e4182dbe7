import type { Account } from "../../api/accounts";

/** What each section needs, in the order in which they are offered. */
export const SECTION_PERMISSIONS = {
  accounts: "account.accounts.read",
  roles: "account.roles.read",
  programs: "account.service_accounts.read",
  sites: "roster.people.write",
  teams: "roster.people.write",
  agents: "roster.people.write",
  lines: "roster.people.write",
  skills: "roster.people.write",
  presence: "presence.policy.write",
  queues: "dispatch.queues.write",
  protection: "protection.confirmations.read",
  audit: "audit.entries.read",
} as const;

export type SectionId = keyof typeof SECTION_PERMISSIONS;

/** The sections that an account may open. */
export function sectionsOf({ permissions }: Account): SectionId[] {
  const sections = Object.entries(SECTION_PERMISSIONS) as [SectionId, string][];
  return sections.filter(([, permission]) => permissions.includes(permission)).map(([section]) => section);
}

import type { Account } from "../../api/accounts";

/** What each section needs, by group, in the order in which they are offered. */
const GROUPS = {
  access: { accounts: "account.accounts.read", roles: "account.roles.read", programs: "account.service_accounts.read" },
  people: {
    sites: "roster.people.write", teams: "roster.people.write", agents: "roster.people.write", lines: "roster.people.write",
    skills: "roster.people.write",
  },
  rules: { presence: "presence.policy.write", queues: "dispatch.queues.write", protection: "protection.confirmations.read" },
  connections: { sources: "gateway.sources.read" },
  records: { audit: "audit.entries.read" },
} as const;

export type GroupId = keyof typeof GROUPS;
export type SectionId = { [Group in GroupId]: keyof (typeof GROUPS)[Group] }[GroupId];

export interface SectionGroup {
  readonly group: GroupId;
  readonly sections: readonly SectionId[];
}

/** The groups of which an account may open a section, each with those that it may open. */
export function groupsOf({ permissions }: Account): SectionGroup[] {
  const groups = (Object.entries(GROUPS) as [GroupId, Record<SectionId, string>][]).map(([group, sections]) => {
    const offered = (Object.entries(sections) as [SectionId, string][]).filter(([, permission]) => permissions.includes(permission));
    return { group, sections: offered.map(([section]) => section) };
  });
  return groups.filter(({ sections }) => sections.length > 0);
}

/** The sections that an account may open. */
export function sectionsOf(account: Account): SectionId[] {
  return groupsOf(account).flatMap(({ sections }) => sections);
}

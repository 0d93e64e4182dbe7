import { lazy, type ComponentType } from "react";
import type { SectionId } from "./permissions";

/** What the page gives to every section. */
export interface SectionProps {
  /** Whether the account has a permission. */
  readonly may: (permission: string) => boolean;
}

export const SECTIONS: Record<SectionId, ComponentType<SectionProps>> = {
  accounts: lazy(() => import("./accounts/AccountsSection")),
  roles: lazy(() => import("./accounts/RolesSection")),
  programs: lazy(() => import("./accounts/ServiceAccountsSection")),
  sites: lazy(() => import("./people/SitesSection")),
  teams: lazy(() => import("./people/TeamsSection")),
  agents: lazy(() => import("./people/AgentsSection")),
  lines: lazy(async () => ({ default: (await import("./people/NamedSection")).LinesSection })),
  skills: lazy(async () => ({ default: (await import("./people/NamedSection")).SkillsSection })),
  presence: lazy(() => import("./rules/PresenceSection")),
  queues: lazy(() => import("./rules/QueuesSection")),
  protection: lazy(() => import("./rules/ProtectionSection")),
  sources: lazy(() => import("./sources/SourcesSection")),
  audit: lazy(() => import("./audit/AuditSection")),
};

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
};

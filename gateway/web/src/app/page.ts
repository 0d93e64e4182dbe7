import type { ParseKeys } from "i18next";
import type { ComponentType } from "react";
import type { Account } from "../api/accounts";
import type { IconName } from "../ui/Icon";
import type { KeyHint } from "../ui/KeysDialog";

/** What the frame gives to every page. */
export interface PageProps {
  readonly account: Account;
  /** Shows the list of keys, those of the page itself first. */
  readonly showKeys: (own: readonly KeyHint[]) => void;
}

/** A page of the app. */
export interface Page {
  readonly path: `/${string}`;
  readonly title: ParseKeys;
  readonly icon: IconName;
  /** Goes to the page after `g`. */
  readonly key: string;
  /** What the account must be permitted; whoever comes without it is told who can grant it. */
  readonly permission: string;
  /** Whom the page is offered to, of those who may open it; everybody if not said. */
  readonly isOfferedTo?: (account: Account) => boolean;
  /** Has the whole screen, without the rail. */
  readonly isBare?: boolean;
  /** Loaded when it is opened, `lazy(() => import(...))`, unless the first paint waits for it. */
  readonly Component: ComponentType<PageProps>;
}

export function mayOpen(account: Account, page: Page): boolean {
  return account.permissions.includes(page.permission);
}

/** The pages that are offered to an account. */
export function offeredOf(pages: readonly Page[], account: Account): readonly Page[] {
  return pages.filter((page) => mayOpen(account, page) && (page.isOfferedTo?.(account) ?? true));
}

/** The page of a path, with whatever lies below it; null where there is none. */
export function pageAt(pages: readonly Page[], path: string): Page | null {
  return pages.find((page) => path === page.path || path.startsWith(`${page.path}/`)) ?? null;
}

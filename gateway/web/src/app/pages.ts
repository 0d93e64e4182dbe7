import { lazy } from "react";
import type { Account } from "../api/accounts";
import { BoardPage } from "../board/BoardPage";
import { sectionsOf } from "../pages/administration/permissions";
import { mayOpen, type Page } from "./page";

const BOARD: Page = {
  path: "/board", title: "app.board", icon: "board", key: "b", permission: "board.read", Component: BoardPage,
};
const MY_DAY: Page = {
  path: "/my-day", title: "app.myDay", icon: "person", key: "m", permission: "account.self",
  isOfferedTo: (account) => account.agent !== "", Component: lazy(() => import("../pages/myDay/MyDayPage")),
};

const ADMINISTRATION: Page = {
  path: "/administration", title: "app.administration", icon: "settings", key: "a", permission: "account.self",
  isOfferedTo: (account) => sectionsOf(account).length > 0,
  Component: lazy(() => import("../pages/administration/AdministrationPage")),
};

const OPERATIONS: Page = {
  path: "/operations", title: "app.operations", icon: "operations", key: "o", permission: "operations.read",
  Component: lazy(() => import("../pages/operations/OperationsPage")),
};

/** Every page there is, in the order of the rail. */
export const PAGES: readonly Page[] = [BOARD, MY_DAY, OPERATIONS, ADMINISTRATION];

/** Where an account goes that asked for nothing in particular, or for what there is not. */
export function landingPage(account: Account): Page {
  return mayOpen(account, BOARD) ? BOARD : MY_DAY;
}

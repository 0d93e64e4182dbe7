import { create } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { offeredOf, pageAt, type Page } from "../src/app/page";
import { AccountSchema } from "../src/gen/muster/gateway/v1/account_service_pb";

const board: Page = { path: "/board", title: "app.board", icon: "board", key: "b", permission: "board.read", Component: () => null };
const mine: Page = { ...board, path: "/my-day", permission: "account.self", isOfferedTo: (account) => account.agent !== "" };
const PAGES = [board, mine];

const anAccount = (permissions: string[], agent = "") => create(AccountSchema, { permissions, agent });

it("a role is offered what it may open, and an agent her day", () => {
  expect(offeredOf(PAGES, anAccount(["board.read", "account.self"]))).toEqual([board]);
  expect(offeredOf(PAGES, anAccount(["account.self"], "agents/ana"))).toEqual([mine]);
  expect(offeredOf(PAGES, anAccount(["board.read", "account.self"], "agents/ana"))).toEqual([board, mine]);
});

it("a path leads to its page, as does whatever lies below it", () => {
  expect(pageAt(PAGES, "/board")).toBe(board);
  expect(pageAt(PAGES, "/my-day/figures")).toBe(mine);
  expect(pageAt(PAGES, "/boards")).toBeNull();
  expect(pageAt(PAGES, "/")).toBeNull();
});

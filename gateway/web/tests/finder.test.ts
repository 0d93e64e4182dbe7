import { describe, expect, it } from "vitest";
import { addressOf, pagesNamed } from "../src/finder/findings";

const PAGES = [
  { path: "/board", title: "Board", key: "b" }, { path: "/operations", title: "Operations", key: "o" }, { path: "/me", title: "我的一天", key: "m" },
];

describe("what is found", () => {
  it("is every page whose title holds the text, whatever its case", () => {
    expect(pagesNamed(PAGES, " OPER").map(({ path }) => path)).toEqual(["/operations"]);
    expect(pagesNamed(PAGES, "一天").map(({ path }) => path)).toEqual(["/me"]);
    expect(pagesNamed(PAGES, "dispatch")).toEqual([]);
  });

  it("is every page before anything is typed", () => {
    expect(pagesNamed(PAGES, "")).toHaveLength(3);
  });

  it("is a person where the board of her site shows her day", () => {
    expect(addressOf({ name: "agents/ana-1", site: "sites/harbour" })).toBe("/board?site=harbour&agent=ana-1");
  });
});

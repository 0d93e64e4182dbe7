import { describe, expect, it } from "vitest";
import { parseView } from "../src/app/view";
import { ALL_SITES, sitesInScope, toggledSite, viewOfSites } from "../src/board/scope";

const KNOWN = ["sites/delta", "sites/harbour", "sites/lakes"];
const VIEW = parseView("site=delta,harbour&day=2026-03-10&axis=operation&team=north&agent=ana&picked=bo");

describe("the sites of a board", () => {
  it("are those of the address, the first one, or all", () => {
    expect(sitesInScope([], KNOWN)).toEqual(["sites/delta"]);
    expect(sitesInScope(["sites/lakes", "sites/delta"], KNOWN)).toEqual(["sites/lakes", "sites/delta"]);
    expect(sitesInScope([ALL_SITES], KNOWN)).toEqual(KNOWN);
  });

  it("are at most fifty", () => {
    expect(sitesInScope([ALL_SITES], Array.from({ length: 60 }, (_, index) => `sites/s${index}`))).toHaveLength(50);
  });

  it("are added and taken away one by one; the last one stays", () => {
    expect(toggledSite("sites/harbour", ["sites/lakes"], KNOWN)).toEqual(["sites/harbour", "sites/lakes"]);
    expect(toggledSite("sites/harbour", ["sites/delta", "sites/lakes"], KNOWN)).toEqual([ALL_SITES]);
    expect(toggledSite("sites/lakes", ["sites/lakes"], KNOWN)).toEqual(["sites/lakes"]);
  });

  it("that join the others leave what is shown as it is", () => {
    const change = viewOfSites(VIEW, [ALL_SITES], ["sites/delta", "sites/harbour"], KNOWN);

    expect({ ...VIEW, ...change }).toEqual({ ...VIEW, sites: [ALL_SITES], axis: "midnight" });
  });

  it("that stay keep the day, without the people of those that go", () => {
    const change = viewOfSites(VIEW, ["sites/harbour"], ["sites/delta", "sites/harbour"], KNOWN);

    expect(change).toMatchObject({ day: "2026-03-10", axis: "operation", agent: null, picked: [], teams: [] });
  });

  it("are not grouped by site where one alone is left", () => {
    const bySite = parseView("site=delta,harbour&group=site&folded=delta");
    const before = ["sites/delta", "sites/harbour"];

    expect(viewOfSites(bySite, ["sites/harbour"], before, KNOWN)).toMatchObject({ grouping: "none", folded: [] });
    expect(viewOfSites(bySite, ["sites/harbour", "sites/lakes"], before, KNOWN)).not.toHaveProperty("grouping");
    expect(viewOfSites({ ...bySite, grouping: "team" }, ["sites/harbour"], before, KNOWN)).not.toHaveProperty("grouping");
  });

  it("that are others open at their own newest day", () => {
    expect(viewOfSites(VIEW, ["sites/lakes"], ["sites/delta"], KNOWN)).toMatchObject({ day: null, agent: null });
  });
});

import { create } from "@bufbuild/protobuf";
import { timestampFromMs as at } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { WallSchema } from "../src/gen/muster/gateway/v1/wall_service_pb";
import { failed, heard, isDead, newFeed } from "../src/pages/wall/feed";
import type { Strips, WallFacts } from "../src/pages/wall/facts";
import { plannedAt, readWall, sumOf, AT_WORK } from "../src/pages/wall/facts";
import { LEAST_VH, LEAST_VW, leastCapitalPx } from "../src/pages/wall/legibility";
import { parseOptions, SCENES } from "../src/pages/wall/options";
import { areaPath, passedBlocks } from "../src/pages/wall/paths";
import { sceneAt, scenesFor } from "../src/pages/wall/rotation";
import { takeToken } from "../src/pages/wall/token";
import { unreachable } from "../src/api/problem";
import { packed } from "./builders";

const facts = (serverMs: number): WallFacts => ({
  siteName: "Harbour", zone: "Europe/Madrid", serverMs, floor: null, queues: null, whole: null, teams: null, missing: new Map(),
});

describe("legibility", () => {
  it("a capital of the least type is 40 mm on a 55-inch screen, whatever its resolution", () => {
    for (const widthPx of [1920, 3840]) {
      const capitalPx = (LEAST_VW / 100) * widthPx * 0.727;

      expect((capitalPx / widthPx) * 1218).toBeGreaterThanOrEqual(40);
      expect((capitalPx / widthPx) * 1218).toBeLessThan(40.2);
    }
  });

  it("is 63 pixels at 1920, by the width as by the height", () => {
    expect(leastCapitalPx(1920)).toBeCloseTo(63, 0);
    expect((LEAST_VH / 100) * 1080 * 0.727).toBeCloseTo(63, 0);
  });
});

describe("the address", () => {
  it("names the site, the scenes in their order and the seconds", () => {
    expect(parseOptions("?site=harbor&scenes=teams,queues&seconds=20&lang=zh&theme=light")).toEqual({
      site: "sites/harbor", scenes: ["teams", "queues"], seconds: 20, language: "zh", isLight: true,
    });
  });

  it("shows everything in the dark if it says no more", () => {
    expect(parseOptions("?site=harbor")).toMatchObject({ scenes: SCENES, seconds: 12, isLight: false });
  });

  it("is not followed where it makes no sense", () => {
    expect(parseOptions("?site=../x&scenes=secrets&seconds=-1")).toMatchObject({ site: null, scenes: SCENES, seconds: 12 });
  });
});

describe("the rotation", () => {
  it("gives many teams several pages and each scene its turn", () => {
    const scenes = scenesFor(["queues", "teams"], 11);

    const shown = [0, 1, 2, 3, 4].map((turn) => sceneAt(scenes, turn * 12_000, 12));

    expect(shown.map(({ name, page }) => `${name} ${page}`)).toEqual(["queues 0", "teams 0", "teams 1", "teams 2", "queues 0"]);
  });
});

describe("the feed", () => {
  it("is dead when nothing new came for longer than fifteen seconds, and back with the next answer", () => {
    const feed = heard(newFeed(0), facts(1), 1_000);

    expect(isDead(feed, 16_000)).toBe(false);
    expect(isDead(feed, 16_001)).toBe(true);
    expect(isDead(heard(feed, facts(2), 17_000), 17_000)).toBe(false);
  });

  it("takes an answer that was told before for no sign of life", () => {
    const feed = heard(heard(newFeed(0), facts(1), 1_000), facts(1), 15_000);

    expect(isDead(feed, 16_001)).toBe(true);
  });

  it("keeps what it knows through a failure, and tells at once of one before the first answer", () => {
    const problem = unreachable("away");

    expect(isDead(failed(heard(newFeed(0), facts(1), 1_000), problem), 2_000)).toBe(false);
    expect(isDead(failed(newFeed(0), problem), 1)).toBe(true);
  });
});

describe("the token", () => {
  it("comes from the fragment, goes from the address bar and stays with the tab", () => {
    const kept = new Map<string, string>();
    const memory = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) };
    const addresses: string[] = [];
    globalThis.window = { history: { replaceState: (_: unknown, __: string, address: string) => addresses.push(address) } } as never;
    const place = (hash: string) => ({ hash, pathname: "/wall", search: "?site=harbor" }) as Location;

    expect(takeToken(place("#token=mss_a"), memory as never)).toBe("mss_a");
    expect(takeToken(place(""), memory as never)).toBe("mss_a");
    expect(addresses).toEqual(["/wall?site=harbor"]);
  });
});

describe("strips", () => {
  const strips: Strips = {
    startMs: 0, endMs: 1_200_000, passedMs: 400_000,
    groups: [{ name: "Harbour", isSuppressed: false, peopleCount: 4, counts: [[], [], [], []], planned: [1, 2, 3, 4] }],
  };

  it("have passed up to the running block", () => {
    expect(passedBlocks(strips, 4)).toBe(2);
  });

  it("tell who is planned at an instant, and nobody outside", () => {
    expect([plannedAt(strips, 350_000), plannedAt(strips, 1_300_000), plannedAt(null, 0)]).toEqual([2, null, null]);
  });

  it("tell the running block as it has been so far, as the others are told", async () => {
    const online = (hundredths: number) => [0, hundredths, 0, 0, 0, 0, 0];
    const wall = await readWall(create(WallSchema, {
      siteStrip: {
        startTime: at(0), endTime: at(900_000), passedTime: at(375_000), blockCount: 3, strips: [{ key: "sites/harbour" }],
        headcountsPacked: await packed([...online(400), ...online(100), ...online(0)], 4),
      },
      sitePlannedHeadcountsPacked: await packed([500, 600, 700], 4),
    }));

    const site = wall.whole?.groups[0];
    expect(site?.counts.map((counts) => sumOf(counts, AT_WORK))).toEqual([4, 4, 0]);
    expect(site?.planned).toEqual([5, 6, 7]);
  });

  it("are areas that close between what lies below and above", () => {
    expect(areaPath([0], [5], 10, 100)).toBe("M0 50L1 50L1 100L0 100Z");
  });
});

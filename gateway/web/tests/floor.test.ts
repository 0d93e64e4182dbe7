import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { expect, it } from "vitest";
import {
  Floor_Incident_Kind as Kind, Floor_IncidentSchema as IncidentSchema, Floor_SiteSchema as SiteSchema,
} from "../src/gen/muster/floor/v1/floor_service_pb";
import { busiestOf, findIncident, formatLeft, leftMs, siteOfBoard } from "../src/pages/floor/model";
import en from "../src/pages/floor/locales/en.json";
import zh from "../src/pages/floor/locales/zh.json";

const SURGE = create(IncidentSchema, {
  kind: Kind.SURGE, site: "sites/harbor", subject: "sites/harbor/queues/harbor-orders", endTime: timestampFromMs(90_000),
});

it("what is left is told to the second, and never less than nothing", () => {
  expect([leftMs(SURGE, 30_400), 5_000, 0, -3_000].map(formatLeft)).toEqual(["1:00", "0:05", "0:00", "0:00"]);
});

it("an incident is found by what it is, where, and about what", () => {
  expect(findIncident([SURGE], Kind.SURGE, "sites/harbor", SURGE.subject)).toBe(SURGE);
  expect(findIncident([SURGE], Kind.SURGE, "sites/harbor", "sites/harbor/queues/harbor-chat")).toBeNull();
  expect(findIncident([SURGE], Kind.SIGN_IN, "sites/harbor")).toBeNull();
});

it("what is started is for a site of the board, one of several too, and else for the busiest", () => {
  const sites = [
    create(SiteSchema, { site: "sites/harbor", signedInCount: 4 }), create(SiteSchema, { site: "sites/delta", signedInCount: 9 }),
  ];
  const shown = (search: string) => siteOfBoard(sites, search)?.site;

  expect([shown("?site=delta"), shown("?site=elsewhere,delta,harbor")]).toEqual(["sites/delta", "sites/harbor"]);
  expect([shown("?site=-"), shown("")]).toEqual([undefined, undefined]);
  expect(busiestOf(sites)?.site).toBe("sites/delta");
});

it("both languages say the same things", () => {
  expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  expect(Object.keys(zh.subject).sort()).toEqual(Object.keys(en.subject).sort());
});

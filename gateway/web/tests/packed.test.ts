import { create } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { unpackNumbers } from "../src/api/packed";
import { unpackTimelines } from "../src/board/timelines";
import { SiteTimelinesSchema } from "../src/gen/muster/presence/v1/timeline_service_pb";
import { packed } from "./builders";

it("numbers are read as they were packed", async () => {
  const numbers = [0, 1, 255, 256, 86_400_000, 2 ** 32 - 1];

  expect([...await unpackNumbers(await packed(numbers, 4), 4)]).toEqual(numbers);
});

it("lengths are told in milliseconds, whatever their unit is", async () => {
  const timelines = await unpackTimelines(create(SiteTimelinesSchema, {
    intervalCounts: [2],
    unitMs: 1000,
    lengthsPacked: await packed([60, 86_340], 4),
    lookIndexesPacked: await packed([0, 1], 1),
    looks: [{ state: 1 }, { state: 4, reason: "meal", marks: 2 }],
    lastChangeTimesMs: [5n],
  }));

  expect([...Array.from(timelines.lengthsMs)]).toEqual([60_000, 86_340_000]);
  expect([...Array.from(timelines.lookIndexes)]).toEqual([0, 1]);
});

it("without presence there is nothing to unpack", async () => {
  expect((await unpackTimelines(undefined)).counts).toEqual([]);
});

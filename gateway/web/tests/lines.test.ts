import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { expect, it } from "vitest";
import { ListStateLogResponseSchema } from "../src/gen/muster/presence/v1/presence_service_pb";
import { State } from "../src/gen/muster/presence/v1/state_pb";
import { lineAt, logLines } from "../src/log/lines";
import { aBoard, DAY_START, HOUR } from "./builders";

const BOARD = aBoard({});

function aPage(openingAt: number, ...at: number[]) {
  return create(ListStateLogResponseSchema, {
    openingEntry: { state: State.OFFLINE, occurredTime: timestampFromMs(DAY_START + openingAt) },
    entries: at.map((ms) => ({ state: State.ONLINE, occurredTime: timestampFromMs(DAY_START + ms) })),
  });
}

it("an entry holds until the next one, the last one until now", () => {
  const lines = logLines(BOARD, [aPage(-HOUR, 8 * HOUR, 9 * HOUR)], 12 * HOUR, true);

  expect(lines.map((line) => line.durationMs)).toEqual([8 * HOUR, HOUR, 3 * HOUR]);
});

it("an entry whose successor is not loaded yet has no length", () => {
  const lines = logLines(BOARD, [aPage(-HOUR, 8 * HOUR)], 12 * HOUR, false);

  expect(lines.at(-1)?.durationMs).toBeNull();
});

it("what changed at the very start of the day leaves nothing in force before it", () => {
  const lines = logLines(BOARD, [aPage(-HOUR, 0)], 12 * HOUR, true);

  expect(lines.map((line) => line.offsetMs)).toEqual([0]);
});

it("an instant after the last loaded entry may be another's, unless all are loaded", () => {
  const linesOf = (isComplete: boolean) => logLines(BOARD, [aPage(-HOUR, 8 * HOUR, 9 * HOUR)], 12 * HOUR, isComplete);

  expect([8.5, 9.5].map((hour) => lineAt(linesOf(false), hour * HOUR))).toEqual([1, -1]);
  expect(lineAt(linesOf(true), 9.5 * HOUR)).toBe(2);
});

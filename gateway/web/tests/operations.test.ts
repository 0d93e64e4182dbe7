import { create } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { Operations_Process_State as State, OperationsSchema } from "../src/gen/muster/gateway/v1/operations_service_pb";
import { formatSpan, shownFigures, summaryOf } from "../src/pages/operations/model";

it("replicas are fine together when each is ready", () => {
  const told = create(OperationsSchema, { processes: [{ state: State.READY, version: "1" }, { state: State.SILENT }] });

  expect(summaryOf(told)).toEqual({ count: 2, badCount: 1, versions: [] });
});

it("several versions at once are told", () => {
  const told = create(OperationsSchema, { processes: [{ version: "2" }, { version: "1" }, { version: "2" }] });

  expect(summaryOf(told).versions).toEqual(["1", "2"]);
});

it("what was never measured takes no place, and a zero does", () => {
  const told = create(OperationsSchema, { processes: [{ figures: [{ metric: "a", value: 0 }, { metric: "b" }, { metric: "c", measuredCount: 1n }] }] });

  expect(shownFigures(told.processes[0] as never).map(({ metric }) => metric)).toEqual(["a", "c"]);
});

it("spans read in the unit that fits", () => {
  expect([0.0034, 1.44, 35, 600, 9000].map(formatSpan)).toEqual(["3 ms", "1.4 s", "35 s", "10 min", "3 h"]);
});

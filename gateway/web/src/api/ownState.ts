import type { JsonValue } from "@bufbuild/protobuf";
import { ReportStatesResponseSchema } from "../gen/muster/presence/v1/presence_service_pb";
import { HeartbeatResponseSchema, type HeartbeatResponse } from "../gen/muster/presence/v1/source_service_pb";
import { State } from "../gen/muster/presence/v1/state_pb";
import { readJson, write } from "./http";
import { Problem } from "./problem";

/** What somebody says of herself, once: repeating it changes nothing. */
export interface OwnState {
  readonly eventId: string;
  readonly agent: string;
  readonly state: State;
  /** The code of a break; empty for other states. */
  readonly reason: string;
  readonly occurredMs: number;
}

/** Reports a state as a state button of this browser. A refusal is thrown as a problem. */
export async function reportOwnState(source: string, { state, occurredMs, ...report }: OwnState): Promise<void> {
  const answer = await write("POST", "/v1/states:report", {
    source, sourceKind: "SOURCE_KIND_AGENT", sentTime: new Date().toISOString(),
    reports: [{ ...report, state: `STATE_${State[state]}`, occurredTime: new Date(occurredMs).toISOString() }],
  });
  const [refusal] = readJson(ReportStatesResponseSchema, answer as JsonValue).refusals;
  if (refusal !== undefined) throw new Problem(400, refusal.reason, refusal.message, "", null);
}

/** Tells that this browser is alive; the answer says for how long that holds. */
export async function beat(source: string, agent: string): Promise<HeartbeatResponse> {
  const answer = await write("POST", "/v1/sources:heartbeat", {
    source, sourceKind: "SOURCE_KIND_AGENT", agents: [agent], clientTime: new Date().toISOString(),
  });
  return readJson(HeartbeatResponseSchema, answer as JsonValue);
}

export interface Extension {
  readonly requestId: string;
  readonly agent: string;
  readonly seconds: number;
  readonly reason: string;
}

/** Moves the limit of the wrap-up in which she is. */
export async function extendWrapUp({ agent, seconds, ...extension }: Extension): Promise<void> {
  await write("POST", `/v1/${agent}:extendWrapUp`, { ...extension, duration: `${seconds}s` });
}

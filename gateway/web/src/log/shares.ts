import type { AgentDay } from "../gen/muster/gateway/v1/board_service_pb";
import { State } from "../gen/muster/presence/v1/state_pb";
import { epochMs } from "../board/model";
import { STATES } from "../board/states";

/** How long somebody was in a state for one reason. */
export interface ReasonShare {
  readonly reason: string;
  readonly ms: number;
}

/** How long somebody was in a state. */
export interface Share {
  readonly state: State;
  readonly ms: number;
  /** Of all the time that has passed, 0 to 1. */
  readonly ratio: number;
  /** What it was for, the longest first; empty where no reason was told. */
  readonly reasons: readonly ReasonShare[];
  /** How much of it with capacity left: busy, and free for more. */
  readonly spareMs: number;
}

/** The time in each state up to an instant: as the server summed it up, and what has passed since then in the running one. */
export function sharesAt(day: AgentDay, nowMs: number): Share[] {
  const passedMs = epochMs(day.passedTime) ?? 0;
  const sinceMs = Math.max(Math.min(nowMs, epochMs(day.endTime) ?? passedMs) - passedMs, 0);
  const running = day.timeline?.intervals.findLast(({ startTime }) => (epochMs(startTime) ?? 0) <= passedMs);
  const times = day.stateTimes.map(({ state, reason, milliseconds }) => {
    const isRunning = state === running?.state && reason === running.reason;
    return { state, reason, ms: Number(milliseconds) + (isRunning ? sinceMs : 0) };
  });
  const total = sum(times);
  return STATES.map((state) => {
    const own = times.filter((time) => time.state === state);
    const reasons = own.filter(({ reason }) => reason !== "").sort((a, b) => b.ms - a.ms);
    const spareMs = state === State.BUSY ? spareTime(day) + (running?.capacityLeft ? sinceMs : 0) : 0;
    return { state, ms: sum(own), ratio: total === 0 ? 0 : sum(own) / total, reasons, spareMs };
  }).filter(({ ms }) => ms > 0);
}

function spareTime(day: AgentDay): number {
  const passedMs = epochMs(day.passedTime) ?? 0;
  return sum((day.timeline?.intervals ?? []).filter(({ capacityLeft }) => capacityLeft).map(({ startTime, endTime }) => {
    const startMs = epochMs(startTime) ?? 0;
    return { ms: Math.max(Math.min(epochMs(endTime) ?? passedMs, passedMs) - startMs, 0) };
  }));
}

function sum(times: readonly { readonly ms: number }[]): number {
  return times.reduce((total, { ms }) => total + ms, 0);
}

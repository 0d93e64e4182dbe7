import type { Duration } from "@bufbuild/protobuf/wkt";
import {
  Operations_Process_State as ProcessState, type Operations, type Operations_Figure as Figure, type Operations_Process as Process,
} from "../../gen/muster/gateway/v1/operations_service_pb";

const STATE_WORDS = {
  [ProcessState.UNSPECIFIED]: "silent",
  [ProcessState.READY]: "ready",
  [ProcessState.NOT_READY]: "notReady",
  [ProcessState.DRAINING]: "draining",
  [ProcessState.SILENT]: "silent",
} as const;

export type StateWord = (typeof STATE_WORDS)[ProcessState];

export function stateWord(state: ProcessState): StateWord {
  return STATE_WORDS[state] ?? "silent";
}

/** How all replicas do together. */
export interface Summary {
  readonly count: number;
  readonly badCount: number;
  /** The versions that run, if there are several. */
  readonly versions: readonly string[];
}

export function summaryOf({ processes }: Operations): Summary {
  const versions = [...new Set(processes.map(({ version }) => version).filter((version) => version !== ""))].sort();
  return {
    count: processes.length,
    badCount: processes.filter(({ state }) => stateWord(state) !== "ready").length,
    versions: versions.length > 1 ? versions : [],
  };
}

/** What is worth a place in the table: all that is, but nothing that was never measured. */
export function shownFigures({ figures }: Process): readonly Figure[] {
  return figures.filter((figure) => figure.value !== undefined || figure.measuredCount > 0n);
}

/** A span of seconds with the unit that reads best: `3 ms`, `1.4 s`, `12 min`. */
export function formatSpan(seconds: number): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 120) return `${seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

export function isTime({ metric }: Figure): boolean {
  return metric.endsWith("_seconds");
}

export function secondsOf(span: Duration): number {
  return Number(span.seconds) + span.nanos / 1e9;
}

import type { AuditSearch } from "../../../api/audit";

/** What the form of the search holds; times are those of the reader's clock, as a browser's field gives them. */
export interface SearchValues {
  readonly actor: string;
  readonly person: string;
  readonly method: string;
  readonly from: string;
  readonly until: string;
}

export const EVERYTHING: SearchValues = { actor: "", person: "", method: "", from: "", until: "" };

/** The search that a form asks for. */
export function searchOf({ from, until, ...names }: SearchValues): AuditSearch {
  return { ...names, startTime: instantOf(from), endTime: instantOf(until) };
}

function instantOf(clock: string): string {
  return clock === "" ? "" : new Date(clock).toISOString();
}

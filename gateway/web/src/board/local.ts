import { isDay, stepDay, type IsoDay } from "./day";

/** A minute as calendar and clock on the wall show it, `1999-08-31T08:30`. Its instant is the server's to know. */
export type LocalMinute = string;

/** A stretch of time as a clock on the wall shows it, `[from, to)`. */
export interface LocalRange {
  readonly from: LocalMinute;
  readonly to: LocalMinute;
}

/** The longest stretch that can be shown, in days. */
export const MOST_DAYS = 7;

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

export function isLocalMinute(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/.test(text) && isDay(text.slice(0, 10));
}

/** What is wrong with a range; null for nothing. */
export function faultOf({ from, to }: LocalRange): "incomplete" | "backwards" | "long" | null {
  if (!isLocalMinute(from) || !isLocalMinute(to)) return "incomplete";
  const minutes = minutesBetween(from, to);
  if (minutes <= 0) return "backwards";
  return minutes > MOST_DAYS * DAY_MINUTES ? "long" : null;
}

/** The range beside it, `step` times its own length away. */
export function steppedRange({ from, to }: LocalRange, step: number): LocalRange {
  const minutes = step * minutesBetween(from, to);
  return { from: later(from, minutes), to: later(to, minutes) };
}

/** So many days of the calendar, the last of them given. */
export function daysUntil(last: IsoDay, count: number): LocalRange {
  return { from: `${stepDay(last, 1 - count)}T00:00`, to: `${stepDay(last, 1)}T00:00` };
}

/** How many days of the calendar a range is; null if it is no whole number of them. */
export function daysIn({ from, to }: LocalRange): number | null {
  if (!from.endsWith("T00:00") || !to.endsWith("T00:00")) return null;
  return minutesBetween(from, to) / DAY_MINUTES;
}

/** What the clock shows so many minutes later, as long as nobody moves its hands. */
export function later(local: LocalMinute, minutes: number): LocalMinute {
  return new Date(asUtc(local) + minutes * MINUTE_MS).toISOString().slice(0, 16);
}

function minutesBetween(from: LocalMinute, to: LocalMinute): number {
  return (asUtc(to) - asUtc(from)) / MINUTE_MS;
}

function asUtc(local: LocalMinute): number {
  return Date.parse(`${local}Z`);
}

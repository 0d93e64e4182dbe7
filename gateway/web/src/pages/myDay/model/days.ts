import { isDay, stepDay, type IsoDay } from "../../../board/day";

/** The day that the address asks for; null for today and for what is no day before it. */
export function pastDayOf(search: string, today: IsoDay): IsoDay | null {
  const asked = new URLSearchParams(search).get("day") ?? "";
  return isDay(asked) && asked < today ? asked : null;
}

/** The address of a day. */
export function addressOf(day: IsoDay, today: IsoDay): string {
  return day < today ? `/my-day?day=${day}` : "/my-day";
}

/** Whether a day is still kept whole; every day is if nobody tells for how long. */
export function isKept(day: IsoDay, today: IsoDay, keptDays: number | undefined): boolean {
  return keptDays === undefined || day >= stepDay(today, -keptDays);
}

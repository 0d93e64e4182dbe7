import type { Date as WireDate } from "../gen/google/type/date_pb";

/** A calendar day as `1999-08-31`. Its instants come from the server; here it is a label that can be stepped. */
export type IsoDay = string;

export function dayFromWire(day: WireDate | undefined): IsoDay | null {
  if (day === undefined || day.year === 0) return null;
  return `${pad(day.year, 4)}-${pad(day.month, 2)}-${pad(day.day, 2)}`;
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(asUtc(text).getTime()) && isoOf(asUtc(text)) === text;
}

export function stepDay(day: IsoDay, days: number): IsoDay {
  const moved = asUtc(day);
  moved.setUTCDate(moved.getUTCDate() + days);
  return isoOf(moved);
}

/** The first day of the month that lies `months` after the day's. */
export function stepMonth(day: IsoDay, months: number): IsoDay {
  const moved = asUtc(`${day.slice(0, 7)}-01`);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  return isoOf(moved);
}

/** The weeks that show a month, each from Monday to Sunday. */
export function weeksOfMonth(day: IsoDay): IsoDay[][] {
  const first = `${day.slice(0, 7)}-01`;
  const monday = stepDay(first, -((asUtc(first).getUTCDay() + 6) % 7));
  const weeks: IsoDay[][] = [];
  for (let start = monday; start < stepMonth(first, 1); start = stepDay(start, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, index) => stepDay(start, index)));
  }
  return weeks;
}

export function formatDay(day: IsoDay, language: string, options: Intl.DateTimeFormatOptions = LONG): string {
  const key = `${language} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" });
    formats.set(key, format);
  }
  return format.format(asUtc(day));
}

/** Making a format costs a hundred times its use, and there are few. */
const formats = new Map<string, Intl.DateTimeFormat>();

const LONG: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric", month: "short", year: "numeric" };

function asUtc(day: IsoDay): Date {
  return new Date(`${day}T00:00:00Z`);
}

function isoOf(date: Date): IsoDay {
  return date.toISOString().slice(0, 10);
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

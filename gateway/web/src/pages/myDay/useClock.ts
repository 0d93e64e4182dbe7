import { useTranslation } from "react-i18next";

/** Writes instants as the clock of the site shows them. */
export function useClock(timeZone: string): (ms: number, withSeconds?: boolean) => string {
  const { i18n } = useTranslation();
  return (ms, withSeconds = false) =>
    new Intl.DateTimeFormat(i18n.language, {
      timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...(withSeconds ? { second: "2-digit" } : {}),
    }).format(ms);
}

/** Writes instants to the second, with the date of those before the day began. */
export function useInstant(timeZone: string, dayStartMs: number): (ms: number) => string {
  const { i18n } = useTranslation();
  const clock = useClock(timeZone);
  return (ms) =>
    ms >= dayStartMs
      ? clock(ms, true)
      : new Intl.DateTimeFormat(i18n.language, { timeZone, dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" }).format(ms);
}

/** Writes a span of time from clock to clock. */
export function useSpan(timeZone: string): (span: { readonly startMs: number; readonly endMs: number }) => string {
  const clock = useClock(timeZone);
  return ({ startMs, endMs }) => `${clock(startMs)} – ${clock(endMs)}`;
}

import { useTranslation } from "react-i18next";
import type { AgentDay } from "../../api/myDay";
import type { Problem } from "../../api/problem";
import { epochMs } from "../../board/model";
import { useClock } from "./useClock";

interface DayNoticesProps {
  readonly day: AgentDay;
  /** Why the last refresh failed; the day is then the one of before. */
  readonly problem: Problem | null;
  readonly onRetry: () => void;
}

/** What of the day could not be had, since when, and the way to try again. */
export function DayNotices({ day, problem, onRetry }: DayNoticesProps) {
  const { t } = useTranslation();
  const clock = useClock(day.timeZone);
  const missing = day.missing.filter(({ permission }) => permission === "");
  if (problem === null && missing.length === 0) return null;
  const since = Math.min(...missing.map((part) => epochMs(part.sinceTime) ?? epochMs(day.serverTime) ?? 0));
  return (
    <div className="notice alert" role="alert">
      <p>
        {problem !== null
          ? <>{t("page.refreshFailed", { time: clock(epochMs(day.serverTime) ?? 0) })} <code>{problem.code}</code></>
          : t("myDay.partial", { parts: missing.map(({ part }) => t(`myDay.part.${part}` as "myDay.part.log")).join(", "), time: clock(since) })}
      </p>
      <button type="button" className="button" onClick={onRetry}>{t("page.retry")}</button>
    </div>
  );
}

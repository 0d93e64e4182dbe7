import "./myDay.css";
import { useTranslation } from "react-i18next";
import { asProblem, type Problem } from "../../api/problem";
import { PageBar } from "../../app/PageBar";
import type { PageProps } from "../../app/page";
import { dayFromWire, formatDay } from "../../board/day";
import { ErrorState, PageState } from "../../ui/PageState";
import { DayCards } from "./DayCards";
import { useMyDay } from "./useMyDay";

/** The day of the agent to whom the account belongs: all that others see of it, and what she can say herself. */
export default function MyDayPage({ account, showKeys }: PageProps) {
  const { t } = useTranslation();
  if (account.agent !== "") return <OwnDay account={account} showKeys={showKeys} />;
  return (
    <div className="page">
      <PageBar account={account} showKeys={showKeys} title={t("app.myDay")} />
      <main className="frame-message">
        <PageState title={t("myDay.noAgentTitle")}>
          <p>{t("myDay.noAgent")}</p>
        </PageState>
      </main>
    </div>
  );
}

function OwnDay({ account, showKeys }: PageProps) {
  const { t, i18n } = useTranslation();
  const day = useMyDay(account.agent);
  const { data } = day;
  const date = data === undefined ? null : dayFromWire(data.day);
  const problem = day.error === null ? null : asProblem(day.error);
  return (
    <div className="page my-day">
      <PageBar account={account} showKeys={showKeys} title={t("app.myDay")}>
        {data !== undefined && (
          <p className="my-day-who">
            <strong>{data.displayName}</strong>
            <span>{date === null ? "" : formatDay(date, i18n.language)}</span>
            <span>{data.timeZone}</span>
          </p>
        )}
      </PageBar>
      <main className={data === undefined && problem !== null ? "frame-message" : "my-day-body"} aria-busy={day.isPending}>
        {data !== undefined && <DayCards account={account} day={data} problem={problem} onRetry={() => void day.refetch()} />}
        {data === undefined && problem === null && <Loading />}
        {data === undefined && problem !== null && <NoDay problem={problem} onRetry={() => void day.refetch()} />}
      </main>
    </div>
  );
}

/** The page's real layout before its content. */
function Loading() {
  const { t } = useTranslation();
  return (
    <div className="cards" role="status" aria-label={t("frame.loading")}>
      {["state", "day", "times", "shift"].map((name) => <div key={name} className={`card card-${name} card-loading`} />)}
    </div>
  );
}

function NoDay({ problem, onRetry }: { readonly problem: Problem; readonly onRetry: () => void }) {
  const { t } = useTranslation();
  if (problem.status === 403) {
    return (
      <PageState title={t("page.forbiddenTitle")}>
        <p>{t("page.forbidden", { permission: problem.metadata["permission"] ?? "board.read" })}</p>
      </PageState>
    );
  }
  if (problem.status !== 404) return <ErrorState problem={problem} onRetry={onRetry} />;
  return (
    <PageState title={t("myDay.unknownTitle")}>
      <p>{t("myDay.unknown")}</p>
    </PageState>
  );
}

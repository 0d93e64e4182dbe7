import "./myDay.css";
import { useTranslation } from "react-i18next";
import { asProblem, type Problem } from "../../api/problem";
import { useSearch } from "../../app/address";
import { PageBar } from "../../app/PageBar";
import type { PageProps } from "../../app/page";
import { dayFromWire } from "../../board/day";
import { usePolicy } from "../../board/useReasonNames";
import type { KeyHint } from "../../ui/KeysDialog";
import { ErrorState, PageState } from "../../ui/PageState";
import { DayStepper } from "./DayStepper";
import { pastDayOf } from "./model/days";
import { OwnDays } from "./OwnDays";
import { useMyDay } from "./useMyDay";

const KEYS: readonly KeyHint[] = [["[ ]", "keys.days"]];

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
  const { t } = useTranslation();
  const day = useMyDay(account.agent);
  const search = useSearch();
  const { data } = day;
  const policy = usePolicy(data?.site ?? null);
  const today = dayFromWire(data?.day) ?? "";
  const past = pastDayOf(search, today);
  const problem = day.error === null ? null : asProblem(day.error);
  return (
    <div className="page my-day">
      <PageBar account={account} showKeys={showKeys} title={t("app.myDay")} keys={KEYS}>
        {data !== undefined && (
          <>
            <DayStepper day={past ?? today} today={today} keptDays={policy?.stateLogRetentionDays} />
            <p className="my-day-who"><strong>{data.displayName}</strong> <span>{data.timeZone}</span></p>
          </>
        )}
      </PageBar>
      <main className={data === undefined && problem !== null ? "frame-message" : "my-day-body"} aria-busy={day.isPending}>
        {data !== undefined && (
          <OwnDays account={account} today={data} problem={problem} policy={policy} past={past} onRetry={() => void day.refetch()} />
        )}
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

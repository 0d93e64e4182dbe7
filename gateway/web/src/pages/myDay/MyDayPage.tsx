import { useTranslation } from "react-i18next";
import { PageBar } from "../../app/PageBar";
import type { PageProps } from "../../app/page";
import { PageState } from "../../ui/PageState";

/** The day of the agent to whom the account belongs. */
export default function MyDayPage({ account, showKeys }: PageProps) {
  const { t } = useTranslation();
  return (
    <div className="page my-day">
      <PageBar account={account} showKeys={showKeys} title={t("app.myDay")} />
      <main className="frame-message">
        <PageState title={t("myDay.noAgentTitle")}>
          <p>{t("myDay.noAgent")}</p>
        </PageState>
      </main>
    </div>
  );
}

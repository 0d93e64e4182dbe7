import { useTranslation } from "react-i18next";
import type { AgentDay } from "../../api/myDay";
import { idOf } from "../../app/view";
import { nameIn } from "../../board/useReasonNames";
import { Card } from "./Card";

/** What the roster has of her, and for how long her record is kept. */
export function AboutCard({ day, keptDays }: { readonly day: AgentDay; readonly keptDays: number | undefined }) {
  const { t, i18n } = useTranslation();
  const nameOf = (name: string) => {
    const label = day.labels.find((one) => one.name === name);
    return (label && (nameIn(label.displayNames, i18n.language) ?? label.displayName)) || idOf(name);
  };
  const facts = [
    ["site", [day.site]], ["team", [day.team]], ["line", [day.line]], ["skills", day.skills],
  ] as const;
  return (
    <Card title={t("myDay.about.title")} name="about">
      <dl className="rows">
        {facts.filter(([, names]) => names.some((name) => name !== "")).map(([fact, names]) => (
          <div key={fact}><dt>{t(`myDay.about.${fact}`)}</dt><dd>{names.map(nameOf).join(", ")}</dd></div>
        ))}
      </dl>
      {keptDays !== undefined && <p className="muted">{t("myDay.about.kept", { count: keptDays })}</p>}
    </Card>
  );
}

import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { AgentDay } from "../../api/myDay";
import { asProblem } from "../../api/problem";
import { getReceipt } from "../../api/receipt";
import { dayFromWire } from "../../board/day";
import { save } from "../../ui/save";
import { Card } from "./Card";

/** The proof of what was recorded of her today, for her to keep. */
export function RecordCard({ day }: { readonly day: AgentDay }) {
  const { t } = useTranslation();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => save(await getReceipt(day.agent, dayFromWire(day.day) ?? "", day.timeZone)),
  });
  return (
    <Card title={t("myDay.record.title")} name="record">
      <p className="muted">{t("myDay.record.lead")}</p>
      <button type="button" className="button" disabled={isPending} onClick={() => mutate()}>{t("myDay.record.save")}</button>
      {error !== null && <p className="note refused" role="alert">{t("myDay.failed")} <code>{asProblem(error).code}</code></p>}
    </Card>
  );
}

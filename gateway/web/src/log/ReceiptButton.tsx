import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { asProblem } from "../api/problem";
import { getReceipt } from "../api/receipt";
import type { IsoDay } from "../board/day";
import { save } from "../ui/save";

interface ReceiptButtonProps {
  readonly agent: string;
  readonly day: IsoDay;
  readonly zone: string;
}

/** Saves what proves the entries of a day: `muster verify receipt` checks it without asking anybody. */
export function ReceiptButton({ agent, day, zone }: ReceiptButtonProps) {
  const { t } = useTranslation();
  const { mutate, isPending, error } = useMutation({ mutationFn: async () => save(await getReceipt(agent, day, zone)) });
  return (
    <section className="log-section">
      <button type="button" className="button" disabled={isPending} title={t("log.receiptHint")} onClick={() => mutate()}>
        {t("log.receipt")}
      </button>
      {error !== null && <p className="muted" role="alert">{t("log.receiptFailed", { reason: asProblem(error).reason })}</p>}
    </section>
  );
}

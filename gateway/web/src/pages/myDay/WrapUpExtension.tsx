import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { extendWrapUp, type Extension } from "../../api/ownState";
import { asProblem } from "../../api/problem";
import { newUuid } from "../../api/uuid";
import { Select } from "../../ui/Select";

const REASONS = ["long-note", "follow-up", "callback", "technical", "other"] as const;
type Reason = (typeof REASONS)[number];
const MINUTES = [1, 2, 5];

/** More time for the work after a contact, with its reason. */
export function WrapUpExtension({ agent, onExtended }: { readonly agent: string; readonly onExtended: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState<Reason>("long-note");
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: (extension: Extension) => extendWrapUp(extension), onSuccess: onExtended, retry: 2,
  });
  return (
    <div className="extension">
      <Select
        label={t("myDay.extend.reason")} value={reason} onChoose={setReason}
        options={REASONS.map((code) => [code, t(`myDay.extend.${code}`)] as const)}
      />
      <div className="own-buttons" role="group" aria-label={t("myDay.extend.title")}>
        {MINUTES.map((minutes) => (
          <button
            key={minutes} type="button" className="own-button" disabled={isPending}
            onClick={() => mutate({ requestId: newUuid(), agent, seconds: minutes * 60, reason })}
          >
            {t("myDay.extend.by", { count: minutes })}
          </button>
        ))}
      </div>
      {isSuccess && <p className="muted" role="status">{t("myDay.extend.done")}</p>}
      {error !== null && <p className="note refused" role="alert">{t("myDay.refused", { reason: asProblem(error).message })}</p>}
    </div>
  );
}

import { useTranslation } from "react-i18next";
import type { Board } from "./model";
import type { LevelRule } from "./queues";

/** Writes a share as full percents. */
export function usePercent(): (share: number) => string {
  const { i18n } = useTranslation();
  const format = new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 0 });
  return (share) => format.format(share);
}

/** Says since when nothing is told any more. */
export function useStillSince(board: Board): (instantMs: number) => string {
  const { t, i18n } = useTranslation();
  const format = new Intl.DateTimeFormat(i18n.language, { timeZone: board.timeZone, timeStyle: "short", hourCycle: "h23" });
  return (instantMs) => t("waiting.still", { time: format.format(instantMs + board.skewMs) });
}

/** Says by what a service level is figured. */
export function useLevelRuleText(): (rule: LevelRule) => string {
  const { t } = useTranslation();
  const formulas: Readonly<Record<string, string>> = {
    "of_offered.v1": t("waiting.ofOffered"),
    "of_offered_without_short_abandons.v1": t("waiting.ofOfferedWithoutShort"),
    "of_answered.v1": t("waiting.ofAnswered"),
    "of_offered_short_abandons_in_time.v1": t("waiting.ofOfferedShortInTime"),
  };
  return ({ policy, includesOtherLeavers }) => {
    const rule = formulas[policy] ?? policy;
    return t("waiting.rule", { rule: includesOtherLeavers ? t("waiting.withOthers", { rule }) : rule });
  };
}

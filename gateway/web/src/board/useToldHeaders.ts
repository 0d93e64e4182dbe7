import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Grouping } from "../app/view";
import { isOnLongBreak, type BreakLimits } from "./breaks";
import type { Board } from "./model";
import { paintOf, WORK_AWAY, type AwayReasons } from "./paints";
import type { ToldHeaders } from "./scene";
import { standingKey, STANDINGS } from "./standings";
import { stateKey, stateOf } from "./states";
import { useLabels } from "./useLabels";

/** What the headers of rows tell beside the names, in the reader's language. */
export function useToldHeaders(
  board: Board, away: AwayReasons, limits: BreakLimits, grouping: Grouping, latestMs: number,
): ToldHeaders {
  const { t } = useTranslation();
  const labels = useLabels(board);
  const columns = useMemo(() => ({
    words: [...STANDINGS.map((standing) => t(`state.${standingKey(standing)}`)), t("state.away")],
    // The header of a group says which site it is.
    sites: board.sites.length > 1 && grouping !== "site" ? board.sites.map(labels.of) : [],
  }), [t, labels, board.sites, grouping]);
  const isLong: ToldHeaders["isOnLongBreak"] = (row) => isOnLongBreak(board, row, latestMs, limits);
  return {
    ...columns,
    isOnLongBreak: isLong,
    word: (row) => {
      const code = row.codes.at(-1);
      if (isLong(row)) return t("state.longBreak");
      if (code === undefined) return t("state.unobserved");
      return paintOf(code, away) === WORK_AWAY ? t("state.away") : t(`state.${stateKey(stateOf(code))}`);
    },
    site: (row) => labels.of(row.site),
  };
}

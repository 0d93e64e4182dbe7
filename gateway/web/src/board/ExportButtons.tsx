import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { exportHeatmap, type ExportFormat } from "../api/export";
import { asProblem } from "../api/problem";
import { useView } from "../app/useView";
import { State } from "../gen/muster/presence/v1/state_pb";
import { save } from "../ui/save";
import type { Board } from "./model";
import { spanOfView } from "./span";
import { LONG_BREAK } from "./standings";

const FORMATS: readonly ExportFormat[] = ["CSV", "PNG"];

/** Files of what the board shows. */
export function ExportButtons({ board }: { readonly board: Board }) {
  const { t, i18n } = useTranslation();
  const [view] = useView();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (format: ExportFormat) => {
      // The newest day of the board that is seen, and not of the moment in which the file is made.
      const span = spanOfView({ ...view, day: view.day ?? board.day }, Date.now());
      const stateNames = view.states.flatMap((standing) => standing === LONG_BREAK ? [] : [`STATE_${State[standing]}`]);
      const hasLongBreaks = view.states.includes(LONG_BREAK);
      const language = i18n.language.startsWith("zh") ? "zh-Hans" : "en";
      save(await exportHeatmap(board.sites, format, span, { ...view, stateNames, hasLongBreaks }, language));
    },
  });
  return (
    <div className="segments">
      <span className="segments-label">{t("export.label")}</span>
      <span className="export-buttons">
        {FORMATS.map((format) => (
          <button key={format} type="button" className="button" disabled={isPending} onClick={() => mutate(format)}>
            {t("export.as", { format })}
          </button>
        ))}
      </span>
      {error !== null && <p className="muted" role="alert">{t("export.failed", { reason: asProblem(error).reason })}</p>}
    </div>
  );
}

import { useTranslation } from "react-i18next";
import { useView } from "../app/useView";
import { Icon } from "../ui/Icon";
import type { Board } from "./model";

/** The zone in which days begin and hours are told: the site's, this computer's, UTC or that of the address. */
export function ZonePicker({ board }: { readonly board: Board }) {
  const { t } = useTranslation();
  const [view, changeView] = useView();
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set([own, "UTC", view.zone].filter((zone) => zone !== ""))];
  const siteZone = view.zone === "" ? t("zone.siteIs", { zone: board.timeZone }) : t("zone.site");
  return (
    <label className="zone select" title={t("bar.zone")}>
      <span className="visually-hidden">{t("bar.zone")}</span>
      <select value={view.zone} onChange={(event) => changeView({ zone: event.target.value, zoom: null })}>
        <option value="">{siteZone}</option>
        {zones.map((zone) => <option key={zone} value={zone}>{zone}</option>)}
      </select>
      <Icon name="down" />
    </label>
  );
}

import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useView } from "../app/useView";
import { AXES, GROUPINGS, SORTS, type Axis, type Grouping, type Sort } from "../app/view";
import { Icon } from "../ui/Icon";
import { Popover } from "../ui/Popover";
import { Segments } from "../ui/Segments";
import { Select } from "../ui/Select";
import { ExportButtons } from "./ExportButtons";
import { daysIn, daysUntil } from "./local";
import type { Board } from "./model";
import type { Marks } from "./useMarks";
import { shownDays } from "./useRangeName";

const LENGTHS = ["1", "3", "7"] as const;

interface ViewMenuProps {
  readonly board: Board;
  readonly marks: Marks;
  readonly mayExport: boolean;
}

/** How the board is drawn: look, order, groups, axis, length, what tells states apart, and files of it. */
export function ViewMenu({ board, marks, mayExport }: ViewMenuProps) {
  const { t } = useTranslation();
  const [view, changeView] = useView();
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  // Days of operation begin where each site's do: several sites need not agree.
  const axes = AXES.filter((axis) => axis !== "operation" || board.sites.length === 1);
  // An address may group one site by sites nevertheless: what is chosen is always listed.
  const groupings = GROUPINGS.filter((grouping) => grouping !== "site" || board.sites.length > 1 || view.grouping === "site");
  return (
    <div className="bar-menu">
      <button
        type="button" className="button" ref={opener} aria-haspopup="dialog" aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="view" />
        <span className="button-name">{t("view.title")}</span>
      </button>
      {isOpen && (
        <Popover label={t("view.title")} onClose={() => setOpen(false)} opener={opener}>
          <Segments
            label={t("view.look")} value={view.look} options={{ exact: t("view.exact"), cells: t("view.cells") }}
            onChoose={(look) => changeView({ look }, "replace")}
          />
          <Segments
            label={t("menu.rows")} value={view.rowSize} options={{ fit: t("menu.fit"), roomy: t("menu.roomy") }}
            onChoose={(rowSize) => changeView({ rowSize }, "replace")}
          />
          <Select<Grouping>
            label={t("view.group")} value={view.grouping} onChoose={(grouping) => changeView({ grouping, folded: [] }, "replace")}
            options={groupings.map((value) => [value, t(`group.${value}`)])}
          />
          <Select<`${"-" | ""}${Sort}`>
            label={t("view.sort")} value={`${view.isDescending ? "-" : ""}${view.sort}`}
            onChoose={(value) => changeView({ sort: value.replace("-", "") as Sort, isDescending: value.startsWith("-") }, "replace")}
            options={SORTS.flatMap((value) => [
              [value, t(`sort.${value}`)] as const, [`-${value}`, t("sort.descending", { by: t(`sort.${value}`) })] as const,
            ])}
          />
          <Select<Axis>
            label={t("view.axis")} value={view.axis}
            onChoose={(axis) => changeView({ axis, range: null, zoom: null })} options={axes.map((value) => [value, t(`axis.${value}`)])}
          />
          <LengthSegments board={board} />
          <fieldset className="options">
            <legend>{t("view.marks")}</legend>
            <label>
              <input
                type="checkbox" checked={marks.hasPatterns}
                onChange={(event) => marks.choose(event.target.checked, marks.hasLetters)}
              />
              {t("view.patterns")}
            </label>
            <label>
              <input
                type="checkbox" checked={marks.hasLetters}
                onChange={(event) => marks.choose(marks.hasPatterns, event.target.checked)}
              />
              {t("view.letters")}
            </label>
          </fieldset>
          {mayExport && <ExportButtons board={board} />}
        </Popover>
      )}
    </div>
  );
}

/** How many days end with the one that is shown. */
function LengthSegments({ board }: { readonly board: Board }) {
  const { t } = useTranslation();
  const [view, changeView] = useView();
  const shown = view.range === null ? "1" : String(daysIn(view.range));
  const choose = (days: (typeof LENGTHS)[number]) => {
    const [, last] = shownDays(board);
    const isNewest = last === board.lastDataDay;
    const range = days === "1" ? null : daysUntil(last, Number(days));
    changeView({ range, zoom: null, axis: "midnight", day: range === null && !isNewest ? last : null });
  };
  return (
    <Segments
      label={t("view.length")} value={shown} onChoose={choose}
      options={{ 1: t("view.day"), 3: t("view.days", { count: 3 }), 7: t("view.days", { count: 7 }) }}
    />
  );
}

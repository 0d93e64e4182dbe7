import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useView } from "../app/useView";
import { AXES, GROUPINGS, SORTS, type Axis, type Grouping, type Sort } from "../app/view";
import { Icon } from "../ui/Icon";
import { Popover } from "../ui/Popover";
import { Segments } from "../ui/Segments";
import { Select } from "../ui/Select";
import { ExportButtons } from "./ExportButtons";
import type { Board } from "./model";
import type { Marks } from "./useMarks";

const DAY_MS = 86_400_000;
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
            options={GROUPINGS.map((value) => [value, t(`group.${value}`)])}
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
            onChoose={(axis) => changeView({ axis, range: null, zoom: null })} options={AXES.map((value) => [value, t(`axis.${value}`)])}
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

/** How many days end with the one that is shown; their start is counted back from its end. */
function LengthSegments({ board }: { readonly board: Board }) {
  const { t } = useTranslation();
  const [view, changeView] = useView();
  const shown = view.range === null ? "1" : String(Math.round(view.range.lengthMs / DAY_MS));
  const choose = (days: (typeof LENGTHS)[number]) => {
    const lengthMs = Number(days) * DAY_MS;
    const range = days === "1" ? null : { startMs: board.startMs + board.lengthMs - lengthMs, lengthMs };
    changeView({ range, zoom: null, axis: "midnight", day: days === "1" ? view.day : null });
  };
  return (
    <Segments
      label={t("view.length")} value={LENGTHS.find((days) => days === shown) ?? "1"} onChoose={choose}
      options={{ 1: t("view.day"), 3: t("view.days", { count: 3 }), 7: t("view.days", { count: 7 }) }}
    />
  );
}

import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useView } from "../app/useView";
import { Icon } from "../ui/Icon";
import { Popover } from "../ui/Popover";
import { namesOf } from "./choices";
import type { Board } from "./model";
import type { Labels } from "./useLabels";

const KINDS = ["lines", "teams", "skills"] as const;

/** Chooses the lines, teams and skills to which the rows are limited. */
export function FilterMenu({ board, labels }: { readonly board: Board; readonly labels: Labels }) {
  const { t } = useTranslation();
  const [view, changeView] = useView();
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const count = KINDS.reduce((sum, kind) => sum + view[kind].length, 0);
  const toggle = (kind: (typeof KINDS)[number], name: string) => {
    const others = view[kind].filter((other) => other !== name);
    changeView({ [kind]: others.length < view[kind].length ? others : [...others, name] }, "replace");
  };
  return (
    <div className="bar-menu">
      <button
        type="button" className="button" ref={opener} aria-haspopup="dialog" aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="filter" />
        <span className="button-name">{t("filter.title")}</span>
        {count > 0 && <span className="badge">{count}</span>}
      </button>
      {isOpen && (
        <Popover label={t("filter.title")} onClose={() => setOpen(false)} opener={opener}>
          {KINDS.map((kind) => {
            const names = namesOf(board, kind).sort((a, b) => labels.of(a).localeCompare(labels.of(b)));
            return names.length === 0 ? null : (
              <fieldset className="options" key={kind}>
                <legend>{t(`filter.${kind}`)}</legend>
                {names.map((name) => (
                  <label key={name}>
                    <input type="checkbox" checked={view[kind].includes(name)} onChange={() => toggle(kind, name)} />
                    {labels.of(name)}
                  </label>
                ))}
              </fieldset>
            );
          })}
          {KINDS.every((kind) => namesOf(board, kind).length === 0) && <p className="muted">{t("filter.nothing")}</p>}
          {count > 0 && (
            <button
              type="button" className="button" onClick={() => changeView({ lines: [], teams: [], skills: [] }, "replace")}
            >
              {t("page.clear")}
            </button>
          )}
        </Popover>
      )}
    </div>
  );
}

import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Site } from "../api/sites";
import { idOf } from "../app/view";
import { useView } from "../app/useView";
import { Icon } from "../ui/Icon";
import { Popover } from "../ui/Popover";
import { ALL_SITES, MOST_SITES, toggledSite, viewOfSites } from "./scope";

interface SiteMenuProps {
  readonly sites: readonly Site[];
  /** Those that the board shows. */
  readonly inScope: readonly string[];
  /** What people call a site that is not listed. */
  readonly shownName: string;
}

/** Chooses one, several or all sites. */
export function SiteMenu({ sites, inScope, shownName }: SiteMenuProps) {
  const { t } = useTranslation();
  const [view, changeView] = useView();
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const title = useSiteTitle(sites, inScope, shownName);
  const known = sites.map(({ name }) => name);
  const isAll = known.length > 1 && known.every((name) => inScope.includes(name));
  const choose = (chosen: readonly string[]) => changeView(viewOfSites(view, chosen, inScope, known));
  const only = (site: string) => {
    choose([site]);
    setOpen(false);
    opener.current?.focus();
  };
  return (
    <div className="site-menu">
      <button
        type="button" className="button" ref={opener} aria-haspopup="dialog" aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <span className="visually-hidden">{t("bar.site")}: </span>
        <span className="site-names">{title}</span>
        <Icon name="down" />
      </button>
      {isOpen && (
        <Popover label={t("bar.sites")} onClose={() => setOpen(false)} opener={opener}>
          <fieldset className="options">
            <legend>{t("bar.sites")}</legend>
            {known.length > 1 && known.length <= MOST_SITES && (
              <label className="all-sites">
                <input
                  type="checkbox" checked={isAll}
                  onChange={() => choose(isAll ? known.slice(0, 1) : [ALL_SITES])}
                />
                {t("site.all")}
              </label>
            )}
            {sites.map(({ name, displayName }) => (
              <div className="site-option" key={name}>
                <label>
                  <input
                    type="checkbox" checked={inScope.includes(name)}
                    onChange={() => choose(toggledSite(name, inScope, known))}
                  />
                  {displayName || idOf(name)}
                </label>
                <button
                  type="button" className="only" aria-label={t("site.onlyOf", { site: displayName || idOf(name) })}
                  onClick={() => only(name)}
                >
                  {t("site.only")}
                </button>
              </div>
            ))}
          </fieldset>
        </Popover>
      )}
    </div>
  );
}

/** What the sites of a board are called together. */
export function useSiteTitle(sites: readonly Site[], inScope: readonly string[], shownName: string): string {
  const { t } = useTranslation();
  const listed = inScope.map((name) => sites.find((site) => site.name === name)?.displayName);
  const names = listed.map((listedName, index) => listedName || idOf(inScope[index] as string));
  if (names.length === 1) return listed[0] || shownName || (names[0] as string);
  return names.length === sites.length ? t("site.all") : t("site.several", { first: names[0], count: names.length - 1 });
}

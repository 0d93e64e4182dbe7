import type { MouseEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon";
import type { Page } from "./page";

interface RailProps {
  readonly pages: readonly Page[];
  readonly current: Page;
  readonly onGo: (page: Page) => void;
  /** What stands at its end. */
  readonly children?: ReactNode;
}

/** The ways to the pages: a slim rail beside them, on a phone a bar below. */
export function Rail({ pages, current, onGo, children }: RailProps) {
  const { t } = useTranslation();
  const follow = (event: MouseEvent, page: Page) => {
    // A new tab or window is the browser's business.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onGo(page);
  };
  return (
    <nav className="rail" aria-label={t("frame.pages")}>
      {pages.map((page) => (
        <a
          key={page.path} href={page.path} aria-current={page === current ? "page" : undefined}
          title={`${t(page.title)} (g ${page.key})`} onClick={(event) => follow(event, page)}
        >
          <Icon name={page.icon} />
          <span>{t(page.title)}</span>
        </a>
      ))}
      {children}
    </nav>
  );
}

import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Account } from "../api/accounts";
import { chooseLanguage, LANGUAGES, type Language } from "./language";
import { useSignOut } from "./session";
import { useTheme } from "./theme";
import { idOf } from "./view";
import { Icon } from "../ui/Icon";
import { Popover } from "../ui/Popover";
import { Segments } from "../ui/Segments";

/** Who is signed in, and how the page looks to them. */
export function MainMenu({ account, onKeys }: { readonly account: Account; readonly onKeys: () => void }) {
  const { t, i18n } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const { choice, choose } = useTheme();
  const signOut = useSignOut();
  const showKeys = () => {
    setOpen(false);
    onKeys();
  };
  return (
    <div className="main-menu">
      <button
        type="button" className="icon-button" ref={opener} aria-label={t("bar.menu")} aria-haspopup="dialog"
        aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}
      >
        <Icon name="menu" />
      </button>
      {isOpen && (
        <Popover label={t("bar.menu")} onClose={() => setOpen(false)} opener={opener}>
          <p className="person">
            <strong>{account.displayName || idOf(account.name)}</strong>
            <span>{idOf(account.name)}</span>
          </p>
          <Segments
            label={t("menu.language")} value={i18n.language as Language} options={LANGUAGES} onChoose={chooseLanguage}
          />
          <Segments
            label={t("menu.theme")} value={choice} onChoose={choose}
            options={{ system: t("menu.system"), light: t("menu.light"), dark: t("menu.dark") }}
          />
          <div className="menu-actions">
            <button type="button" className="button keys-button" onClick={showKeys}>
              {t("menu.keys")} <kbd>?</kbd>
            </button>
            <button type="button" className="button" onClick={() => signOut.mutate()}>{t("menu.signOut")}</button>
          </div>
        </Popover>
      )}
    </div>
  );
}

import type { ParseKeys } from "i18next";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon";

/** Keys, and the text that says what they do. */
export type KeyHint = readonly [keys: string, meaning: ParseKeys];

/** The letter after `g`, and the title of where it leads. */
export type PageKey = readonly [key: string, title: string];

interface KeysDialogProps {
  readonly keys: readonly KeyHint[];
  readonly pages: readonly PageKey[];
  readonly onClose: () => void;
}

/** Lists all keys: those of the page, and those that lead to pages. */
export function KeysDialog({ keys, pages, onClose }: KeysDialogProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog className="keys" ref={dialog} onClose={onClose} aria-labelledby="keys-title">
      <header>
        <h2 id="keys-title">{t("keys.title")}</h2>
        <button
          type="button" className="icon-button" aria-label={t("log.close")} onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </header>
      <dl>
        {keys.map(([hint, meaning]) => <Hint key={hint} keys={hint} meaning={t(meaning)} />)}
        {pages.map(([key, title]) => <Hint key={`g ${key}`} keys={`g ${key}`} meaning={t("keys.page", { title })} />)}
        <Hint keys="Ctrl K" meaning={t("keys.find")} />
        <Hint keys="?" meaning={t("keys.help")} />
      </dl>
      {keys.length > 0 && <p className="muted">{t("keys.wheel")}</p>}
    </dialog>
  );
}

function Hint({ keys, meaning }: { readonly keys: string; readonly meaning: string }) {
  return (
    <div>
      <dt>{keys.split(" ").map((key) => <kbd key={key}>{key}</kbd>)}</dt>
      <dd>{meaning}</dd>
    </div>
  );
}

import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon";

const KEYS = [
  ["↑ ↓ ← →", "keys.arrows"], ["⇧← ⇧→", "keys.hours"], ["Home End", "keys.ends"], ["PgUp PgDn", "keys.pages"],
  ["Enter", "keys.enter"], ["Space", "keys.space"], ["Esc", "keys.escape"], ["+ -", "keys.zoom"], ["0", "keys.fit"],
  ["[ ]", "keys.days"], ["/", "keys.slash"], ["g b", "keys.board"], ["?", "keys.help"],
] as const;

export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
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
        {KEYS.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>{keys.split(" ").map((key) => <kbd key={key}>{key}</kbd>)}</dt>
            <dd>{t(meaning)}</dd>
          </div>
        ))}
      </dl>
      <p className="muted">{t("keys.wheel")}</p>
    </dialog>
  );
}

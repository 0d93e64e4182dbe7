import { useMemo, useState, type KeyboardEvent, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { useView } from "../app/useView";
import { Icon } from "../ui/Icon";
import { choicesOf, type Choice } from "./choices";
import type { Board } from "./model";
import type { Labels } from "./useLabels";

interface SearchProps {
  readonly board: Board | null;
  readonly labels: Labels;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onLeave: () => void;
}

/** Filters people by name as somebody types, and offers the teams, lines, skills and states of that name. */
export function Search({ board, labels, field, onLeave }: SearchProps) {
  const { t } = useTranslation();
  const [view, changeView] = useView();
  const [isFocused, setFocused] = useState(false);
  const [marked, setMarked] = useState(-1);
  const choices = useMemo(
    () => (isFocused && board !== null ? choicesOf(board, view, labels, t) : []), [isFocused, board, view, labels, t],
  );
  const write = (search: string) => {
    setMarked(-1);
    changeView({ search }, "replace");
  };
  const take = (choice: Choice) => {
    setMarked(-1);
    changeView({ ...choice.change, search: "" }, "replace");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Who is still choosing characters speaks to the input method.
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const choice = choices[marked];
    if (step !== undefined && choices.length > 0) setMarked((marked + step + choices.length + 1) % (choices.length + 1));
    else if (event.key === "Enter" && choice !== undefined) take(choice);
    else if (event.key === "Enter") onLeave();
    else if (event.key === "Escape") {
      write("");
      onLeave();
    } else return;
    event.preventDefault();
  };
  return (
    <div className={view.search === "" ? "search" : "search filled"} role="search">
      <Icon name="search" />
      <input
        ref={field} type="text" value={view.search} placeholder={t("bar.search")} aria-label={t("bar.search")}
        autoComplete="off" spellCheck={false} maxLength={100} role="combobox" aria-expanded={choices.length > 0}
        aria-controls="search-choices" aria-activedescendant={choices[marked] ? `choice-${marked}` : undefined}
        aria-autocomplete="list" onChange={(event) => write(event.target.value)} onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)} onBlur={() => setFocused(false)}
      />
      {view.search === "" ? <kbd aria-hidden="true">/</kbd> : (
        <button type="button" className="clear" aria-label={t("bar.clearSearch")} onClick={() => write("")}>
          <Icon name="close" />
        </button>
      )}
      <ul className="choices" id="search-choices" role="listbox" aria-label={t("filter.label")} hidden={choices.length === 0}>
        {choices.map((choice, index) => (
          <li
            key={choice.key} id={`choice-${index}`} role="option" aria-selected={index === marked}
            onPointerDown={(event) => {
              // The field keeps the focus, so that the list stays until the choice is taken.
              event.preventDefault();
              take(choice);
            }}
          >
            <span className="chip-kind">{choice.kind}</span>
            {choice.name}
          </li>
        ))}
      </ul>
    </div>
  );
}

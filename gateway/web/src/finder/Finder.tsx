import "./finder.css";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { findPeople, MOST_FOUND } from "../api/roster";
import { Icon } from "../ui/Icon";
import { addressOf, pagesNamed, type FindablePage } from "./findings";
import { useResting } from "./useResting";

interface FinderProps {
  readonly pages: readonly FindablePage[];
  /** Whether the account may see who there is. */
  readonly hasPeople: boolean;
  readonly onPage: (path: string) => void;
  readonly onPerson: (address: string) => void;
  readonly onClose: () => void;
}

interface Finding {
  readonly key: string;
  readonly name: string;
  readonly about: string;
  readonly open: () => void;
}

/** Finds people and pages by a part of their name, from any page, by keyboard alone. */
export default function Finder({ pages, hasPeople, onPage, onPerson, onClose }: FinderProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState("");
  const [marked, setMarked] = useState(0);
  const wanted = useResting(text.trim());
  const people = useQuery({
    queryKey: ["find", wanted],
    queryFn: ({ signal }) => findPeople(wanted, signal),
    enabled: hasPeople && wanted !== "",
    retry: false,
  });
  useEffect(() => dialog.current?.showModal(), []);

  // Who was found by a former text is not opened by Enter after the next letter.
  const found = wanted === text.trim() ? people.data ?? [] : [];
  const findings: readonly Finding[] = [
    ...pagesNamed(pages, text).map(({ path, title, key }) => (
      { key: path, name: title, about: `g ${key}`, open: () => onPage(path) }
    )),
    ...found.map((agent) => (
      { key: agent.name, name: agent.displayName, about: `${t("find.person")} · ${agent.name.slice("agents/".length)}`, open: () => onPerson(addressOf(agent)) }
    )),
  ];
  const at = Math.min(marked, findings.length - 1);
  useEffect(() => {
    document.getElementById(`finding-${at}`)?.scrollIntoView({ block: "nearest" });
  }, [at]);
  const take = (finding: Finding | undefined) => {
    if (finding === undefined) return;
    dialog.current?.close();
    finding.open();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Who is still choosing characters speaks to the input method.
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && findings.length > 0) setMarked((at + step + findings.length) % findings.length);
    else if (event.key === "Enter") take(findings[at]);
    else return;
    event.preventDefault();
  };
  const isSearching = hasPeople && text.trim() !== "" && (people.isFetching || wanted !== text.trim());
  const said = isSearching ? t("find.searching")
    : people.isError ? t("find.failed")
    : text.trim() !== "" && findings.length === 0 ? t("find.nothing")
    : found.length === MOST_FOUND ? t("find.more") : "";
  return (
    <dialog className="finder" ref={dialog} onClose={onClose} aria-label={t("find.title")}>
      <div className="finder-field">
        <Icon name="search" />
        <input
          type="text" value={text} placeholder={t(hasPeople ? "find.hint" : "find.pagesHint")} aria-label={t("find.title")}
          autoComplete="off" spellCheck={false} maxLength={64} role="combobox" aria-expanded={findings.length > 0}
          aria-controls="findings" aria-autocomplete="list" aria-activedescendant={at >= 0 ? `finding-${at}` : undefined}
          onChange={(event) => { setText(event.target.value); setMarked(0); }} onKeyDown={onKeyDown}
        />
        <button type="button" className="icon-button" aria-label={t("log.close")} onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
      </div>
      <ul id="findings" role="listbox" aria-label={t("find.title")} hidden={findings.length === 0}>
        {findings.map((finding, index) => (
          <li
            key={finding.key} id={`finding-${index}`} role="option" aria-selected={index === at}
            onPointerMove={() => setMarked(index)} onClick={() => take(finding)}
          >
            <span>{finding.name}</span>
            <span className="muted">{finding.about}</span>
          </li>
        ))}
      </ul>
      <p className="muted" role="status">{said}</p>
    </dialog>
  );
}

import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { recall, remember } from "../app/preference";
import { PAINTS, type Paint, type PaintKey } from "./paints";

/** What tells states apart besides their colour. */
export interface Marks {
  readonly hasPatterns: boolean;
  readonly hasLetters: boolean;
  readonly letters: Readonly<Record<Paint, string>> | null;
  readonly choose: (patterns: boolean, letters: boolean) => void;
}

/** Patterns and letters, as somebody chose them in this browser. */
export function useMarks(): Marks {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(() => ({
    hasPatterns: recall("patterns") === "on", hasLetters: recall("letters") === "on",
  }));
  const choose = useCallback((hasPatterns: boolean, hasLetters: boolean) => {
    remember("patterns", hasPatterns ? "on" : "off");
    remember("letters", hasLetters ? "on" : "off");
    setChosen({ hasPatterns, hasLetters });
  }, []);
  const letters = useMemo(() => {
    if (!chosen.hasLetters) return null;
    const keys = Object.keys(PAINTS) as PaintKey[];
    return Object.fromEntries(keys.map((key) => [PAINTS[key], t(`letter.${key}`)])) as Record<Paint, string>;
  }, [chosen.hasLetters, t]);
  return { ...chosen, letters, choose };
}

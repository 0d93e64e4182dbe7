import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { idOf } from "../app/view";
import type { Board } from "./model";
import { stateKey, stateOfKey } from "./states";
import { nameIn } from "./useReasonNames";

export interface Labels {
  /** What people call a resource, in the reader's language; its id where there is no name. */
  readonly of: (name: string) => string;
  /** The same for what a group shares: a resource, a state, nothing. */
  readonly ofGroup: (key: string) => string;
}

export function useLabels(board: Board | null): Labels {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const of = (name: string) => {
      const label = board?.labels.get(name);
      return (label && (nameIn(label.displayNames, i18n.language) ?? label.displayName)) || idOf(name);
    };
    const ofGroup = (key: string) => {
      const state = stateOfKey(key);
      if (state !== null) return t(`state.${stateKey(state)}`);
      return key === "" ? t("group.noneOf") : of(key);
    };
    return { of, ofGroup };
  }, [board, i18n.language, t]);
}

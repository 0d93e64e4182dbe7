import type { TFunction } from "i18next";
import type { View } from "../app/view";
import type { Board } from "./model";
import { standingKey, STANDINGS } from "./standings";
import type { Labels } from "./useLabels";

/** A filter that can be taken. */
export interface Choice {
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly change: Partial<View>;
}

const MOST = 8;

/** The filters whose names hold what somebody typed; none before anything is typed. */
export function choicesOf(board: Board, view: View, labels: Labels, t: TFunction): Choice[] {
  const wanted = view.search.trim().toLocaleLowerCase();
  if (wanted === "") return [];
  return allChoices(board, view, labels, t).filter(({ name }) => name.toLocaleLowerCase().includes(wanted)).slice(0, MOST);
}

function allChoices(board: Board, view: View, labels: Labels, t: TFunction): Choice[] {
  const states = STANDINGS.filter((standing) => !view.states.includes(standing)).map((standing) => ({
    key: `state/${standing}`, kind: t("filter.states"), name: t(`state.${standingKey(standing)}`),
    change: { states: [...view.states, standing] },
  }));
  const named = (["lines", "teams", "skills"] as const).flatMap((kind) =>
    namesOf(board, kind).filter((name) => !view[kind].includes(name)).map((name) => ({
      key: name, kind: t(`filter.${kind}`), name: labels.of(name), change: { [kind]: [...view[kind], name] },
    })));
  return [...states, ...named];
}

/** The teams, lines or skills that the board's people have, by resource name. */
export function namesOf(board: Board, kind: "teams" | "lines" | "skills"): string[] {
  const names = board.rows.flatMap(({ team, line, skills }) =>
    kind === "skills" ? skills : [kind === "teams" ? team : line]);
  return [...new Set(names)].filter((name) => name !== "");
}

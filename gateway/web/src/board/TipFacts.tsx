import { useTranslation } from "react-i18next";
import { Swatch } from "../ui/Swatch";
import type { Board, BoardRow } from "./model";
import { paintKey, type AwayReasons } from "./paints";
import type { Stack } from "./stacks";
import { markKeys } from "./states";
import { useCellText, useFactsText } from "./useFactsText";
import { useGroupText } from "./useGroupText";
import { useLogFacts } from "./useLogFacts";
import { usePlanText } from "./usePlanText";

interface RowFactsProps {
  readonly board: Board;
  readonly row: BoardRow;
  readonly away: AwayReasons;
  readonly offsetMs: number;
  readonly latestMs: number;
}

/** All that is known of the interval at an instant. */
export function IntervalFacts({ board, row, away, offsetMs, latestMs }: RowFactsProps) {
  const { t } = useTranslation();
  const told = useFactsText(board)(row, offsetMs, latestMs);
  const log = useLogFacts(board, row, told?.facts.fromMs ?? null);
  const plan = <PlanNote board={board} row={row} offsetMs={offsetMs} />;
  if (told === null) return <><p className="tip-note">{t("tip.nothing")}</p>{plan}</>;
  if (offsetMs > latestMs) return <><p className="tip-note">{t("tip.notYet")}</p>{plan}</>;
  return (
    <>
      <p className="tip-state">
        <Swatch look={paintKey(told.facts.code, away)} />
        <span>{[told.state, told.activity, told.reason].filter((part) => part !== "").join(" · ")}</span>
        <b>{told.duration}</b>
      </p>
      <p className="tip-span">{told.from} – {told.to}</p>
      {told.over !== "" && <p className="tip-over">{told.over}</p>}
      {told.facts.hasCapacity && <p className="tip-note">{t("tip.spare")}</p>}
      {markKeys(told.facts.marks).map((mark) => <p key={mark} className="tip-note">{t(`tip.mark.${mark}`)}</p>)}
      {plan}
      {log !== null && (
        <dl className="tip-log">
          {log.contacts !== "" && <div><dt>{t("tip.contact")}</dt><dd>{log.contacts}</dd></div>}
          <div><dt>{t("log.source")}</dt><dd>{log.source}</dd></div>
        </dl>
      )}
    </>
  );
}

/** How long somebody was in each state within the hour at an instant. */
export function CellFacts({ board, row, offsetMs, latestMs }: RowFactsProps) {
  const { t } = useTranslation();
  const told = useCellText(board)(row, offsetMs, latestMs);
  if (told === null) return <p className="tip-note">{t("tip.nothing")}</p>;
  return (
    <>
      <p className="tip-span">{told.from} – {told.to}</p>
      {told.parts.length === 0 && <p className="tip-note">{t("tip.notYet")}</p>}
      {told.parts.map(({ key, name, duration }) => (
        <p className="tip-state" key={key}><Swatch look={key} /><span>{name}</span><b>{duration}</b></p>
      ))}
      {told.plan !== "" && <p className="tip-note">{told.plan}</p>}
    </>
  );
}

/** How a group stood at an instant. */
export function GroupFacts({ board, stack, offsetMs }: { board: Board; stack: Stack; offsetMs: number }) {
  const { t } = useTranslation();
  const told = useGroupText(board)(stack, offsetMs);
  return (
    <>
      {told.counts.map(({ key, name, count }) => (
        <p className="tip-state" key={key}><Swatch look={key} /><span>{name}</span><b>{count}</b></p>
      ))}
      <p className="tip-note">{t("group.present", { present: told.present, planned: told.planned })}</p>
    </>
  );
}

function PlanNote({ board, row, offsetMs }: Pick<RowFactsProps, "board" | "row" | "offsetMs">) {
  const plan = usePlanText(board)(row, offsetMs);
  return plan === "" ? null : <p className="tip-note">{plan}</p>;
}

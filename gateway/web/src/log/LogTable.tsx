import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { formatDuration, wallClock } from "../board/clock";
import type { Board } from "../board/model";
import type { PaintKey } from "../board/paints";
import { activityKey, markKeys, stateKey } from "../board/states";
import { useReasonNames } from "../board/useReasonNames";
import { EntryKind, Mark, SourceKind, State, type StateLogEntry } from "../gen/muster/presence/v1/state_pb";
import { epochMs } from "../board/model";
import { Swatch } from "../ui/Swatch";
import type { LogLine } from "./lines";

interface LogTableProps {
  readonly board: Board;
  readonly lines: readonly LogLine[];
  readonly highlightMs: number | null;
}

const SOURCE_KEYS = {
  [SourceKind.UNSPECIFIED]: "unknown",
  [SourceKind.AGENT]: "agent",
  [SourceKind.SUPERVISOR]: "supervisor",
  [SourceKind.TELEPHONY]: "telephony",
  [SourceKind.SYSTEM]: "system",
  [SourceKind.IMPORT]: "import",
} as const;

/** What an entry says besides the state; a plain change needs no word. */
const KIND_KEYS: Partial<Record<EntryKind, "limit" | "loss" | "amendment" | "acceptance" | "gap" | "outage">> = {
  [EntryKind.LIMIT]: "limit",
  [EntryKind.LOSS]: "loss",
  [EntryKind.AMENDMENT]: "amendment",
  [EntryKind.ACCEPTANCE]: "acceptance",
  [EntryKind.GAP]: "gap",
  [EntryKind.OUTAGE]: "outage",
};

function lookOf({ state, marks }: StateLogEntry): PaintKey {
  return state === State.ONLINE && (marks & Mark.INFERRED) !== 0 ? "inferred" : stateKey(state);
}

/** Entries that lie over the timeline say nothing of a state. */
function saysState(kind: EntryKind): boolean {
  return kind !== EntryKind.ACCEPTANCE && kind !== EntryKind.GAP && kind !== EntryKind.OUTAGE;
}

export function LogTable({ board, lines, highlightMs }: LogTableProps) {
  const { t } = useTranslation();
  const body = useRef<HTMLTableSectionElement>(null);
  const highlighted = highlightMs === null ? -1 : lines.findLastIndex((line) => line.offsetMs <= highlightMs);
  const wasScrolled = useRef(false);
  useEffect(() => {
    if (wasScrolled.current || highlighted < 0) return;
    wasScrolled.current = true;
    body.current?.rows[highlighted]?.scrollIntoView({ block: "center" });
  }, [highlighted]);
  return (
    <div className="log-scroll" tabIndex={0} role="region" aria-label={t("log.title")}>
      <table className="log-table">
        <caption className="visually-hidden">{t("log.entries", { count: lines.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("log.time")}</th>
            <th scope="col">{t("log.state")}</th>
            <th scope="col" className="number">{t("log.duration")}</th>
            <th scope="col">{t("log.source")}</th>
          </tr>
        </thead>
        <tbody ref={body}>
          {lines.map((line, index) => (
            <Line
              key={`${line.entry.source}:${line.entry.eventId}`} board={board} line={line}
              isHighlighted={index === highlighted}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ board, line, isHighlighted }: { board: Board; line: LogLine; isHighlighted: boolean }) {
  const { t } = useTranslation();
  const instant = useInstant(board);
  const reasonName = useReasonNames(board.site);
  const { entry } = line;
  const spanEnd = ({ endTime }: StateLogEntry) => t("log.until", { time: instant(epochMs(endTime) ?? 0) });
  const activity = activityKey(entry.activity);
  const kind = KIND_KEYS[entry.kind] ?? null;
  const facts = [
    kind === null ? "" : t(`entry.${kind}`), entry.endTime === undefined ? "" : spanEnd(entry),
    ...markKeys(entry.marks).map((mark) => t(`mark.${mark}`)),
    activity === null ? "" : t(`activity.${activity}`), reasonName(entry.reason), entry.contacts.join(", "), entry.text,
  ].filter((part) => part !== "");
  const recordedMs = epochMs(entry.recordedTime);
  const told = [
    t(`source.${SOURCE_KEYS[entry.sourceKind] ?? "unknown"}`), entry.actor,
    recordedMs === null ? "" : t("log.recorded", { time: instant(recordedMs) }),
  ];
  return (
    <tr className={isHighlighted ? "highlighted" : ""} aria-current={isHighlighted ? "true" : undefined}>
      <td className={line.offsetMs < 0 ? "log-time before" : "log-time"}>{instant(line.occurredMs)}</td>
      <td>
        {saysState(entry.kind) && (
          <>
            <Swatch look={lookOf(entry)} />
            {t(`state.${stateKey(entry.state)}`)}
          </>
        )}
        {line.offsetMs < 0 && <span className="log-facts">{t("log.opening")}</span>}
        {facts.length > 0 && <span className="log-facts">{facts.join(" · ")}</span>}
      </td>
      <td className="number">{line.durationMs === null ? "" : formatDuration(line.durationMs)}</td>
      <td className="log-source" title={told.filter((part) => part !== "").join(", ")}>{entry.source}</td>
    </tr>
  );
}

/** An instant on the day's wall clock; with its date if it lies outside the day. */
function useInstant(board: Board): (ms: number) => string {
  const { i18n } = useTranslation();
  return (ms) => {
    const offset = ms - board.startMs;
    if (offset >= 0 && offset < board.lengthMs) return wallClock(board, offset);
    return new Intl.DateTimeFormat(i18n.language, {
      timeZone: board.timeZone, dateStyle: "short", timeStyle: "medium", hourCycle: "h23",
    } as Intl.DateTimeFormatOptions).format(ms);
  };
}

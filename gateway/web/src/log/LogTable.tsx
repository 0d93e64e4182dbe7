import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDuration } from "../board/clock";
import { epochMs, type Board } from "../board/model";
import type { PaintKey } from "../board/paints";
import { activityKey, markKeys, stateKey } from "../board/states";
import { useReasonNames } from "../board/useReasonNames";
import { EntryKind, Mark, SourceKind, State, type StateLogEntry } from "../gen/muster/presence/v1/state_pb";
import type { AgentTimeline_Interval as Interval } from "../gen/muster/presence/v1/timeline_service_pb";
import { Swatch } from "../ui/Swatch";
import { EntryProof } from "./EntryProof";
import { intervalsOf, lineAt, type LogLine } from "./lines";
import { useInstant } from "./useInstant";

interface LogTableProps {
  readonly board: Board;
  readonly site: string;
  readonly lines: readonly LogLine[];
  /** The timeline that the entries make; null if it could not be had. */
  readonly intervals: readonly Interval[] | null;
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

/** Every entry of the log by its time; pressing one unfolds what proves it. */
export function LogTable({ board, site, lines, intervals, highlightMs }: LogTableProps) {
  const { t } = useTranslation();
  const table = useRef<HTMLTableElement>(null);
  const highlighted = highlightMs === null ? -1 : lineAt(lines, highlightMs);
  const wasScrolled = useRef(false);
  useEffect(() => {
    if (wasScrolled.current || highlighted < 0) return;
    wasScrolled.current = true;
    table.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "center" });
  }, [highlighted]);
  return (
    <table className="log-table" ref={table}>
      <caption className="visually-hidden">{t("log.entries", { count: lines.length })}</caption>
      <thead>
        <tr>
          <th scope="col">{t("log.time")}</th>
          <th scope="col">{t("log.state")}</th>
          <th scope="col" className="number">{t("log.duration")}</th>
          <th scope="col">{t("log.source")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => (
          <Line
            key={`${line.entry.source}:${line.entry.eventId}`} board={board} site={site} line={line}
            shown={intervals === null ? null : intervalsOf(line.entry, intervals)} isHighlighted={index === highlighted}
          />
        ))}
      </tbody>
    </table>
  );
}

interface LineProps {
  readonly board: Board;
  readonly site: string;
  readonly line: LogLine;
  /** The intervals that show the entry; null if they could not be had. */
  readonly shown: readonly Interval[] | null;
  readonly isHighlighted: boolean;
}

function Line({ board, site, line, shown, isHighlighted }: LineProps) {
  const { t } = useTranslation();
  const instant = useInstant(board);
  const [isUnfolded, setUnfolded] = useState(false);
  const { entry } = line;
  const facts = useEntryFacts(board, site, entry, shown?.some((interval) => interval.capacityLeft) ?? false);
  return (
    <>
      <tr className={isHighlighted ? "highlighted" : ""} aria-current={isHighlighted ? "true" : undefined}>
        <td className={line.offsetMs < 0 ? "log-time before" : "log-time"}>
          <button
            type="button" className="unfold" aria-expanded={isUnfolded} title={t("log.proof")}
            onClick={() => setUnfolded(!isUnfolded)}
          >
            {instant(line.occurredMs)}
          </button>
        </td>
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
        <td className="log-source">
          {t(`source.${SOURCE_KEYS[entry.sourceKind] ?? "unknown"}`)}
          <span className="log-facts">{entry.source}</span>
        </td>
      </tr>
      {isUnfolded && (
        <tr className="log-proof"><td colSpan={4}><EntryProof board={board} entry={entry} shown={shown} /></td></tr>
      )}
    </>
  );
}

/** What an entry says besides its state, a phrase each. */
function useEntryFacts(
  board: Board, site: string, entry: StateLogEntry, hasCapacity: boolean,
): readonly string[] {
  const { t } = useTranslation();
  const instant = useInstant(board);
  const reasonName = useReasonNames(site);
  const activity = activityKey(entry.activity);
  const kind = KIND_KEYS[entry.kind] ?? null;
  const endMs = epochMs(entry.endTime);
  return [
    kind === null ? "" : t(`entry.${kind}`), endMs === null ? "" : t("log.until", { time: instant(endMs) }),
    hasCapacity ? t("mark.spare") : "", ...markKeys(entry.marks).map((mark) => t(`mark.${mark}`)),
    activity === null ? "" : t(`activity.${activity}`), reasonName(entry.reason), entry.contacts.join(", "), entry.text,
  ].filter((part) => part !== "");
}

import { useTranslation } from "react-i18next";
import { epochMs, type Board } from "../board/model";
import type { StateLogEntry } from "../gen/muster/presence/v1/state_pb";
import type { AgentTimeline_Interval as Interval } from "../gen/muster/presence/v1/timeline_service_pb";
import { useInstant } from "./useInstant";

interface EntryProofProps {
  readonly board: Board;
  readonly entry: StateLogEntry;
  /** The intervals that show the entry; null if they could not be had. */
  readonly shown: readonly Interval[] | null;
}

/** Who said it, which times were claimed, when it was recorded, where the chain holds it, and what it shows. */
export function EntryProof({ board, entry, shown }: EntryProofProps) {
  const { t } = useTranslation();
  const instant = useInstant(board);
  const facts: (readonly [string, string])[] = [];
  const tell = (name: string, text: string) => {
    if (text !== "") facts.push([name, text]);
  };
  const tellTime = (name: string, ms: number | null) => tell(name, ms === null ? "" : instant(ms));
  tell(t("log.actor"), entry.actor);
  tellTime(t("log.claimedTime"), epochMs(entry.sourceTime));
  tellTime(t("log.recordedTime"), epochMs(entry.recordedTime));
  tell(t("log.event"), entry.eventId);
  if (entry.link !== undefined) {
    const { epoch, seq } = entry.link;
    tell(t("log.chain"), t("log.place", { epoch, seq: String(seq), position: entry.position }));
  }
  if (shown !== null) tell(t("log.shows"), shown.map((one) => spanText(one, instant)).join(", ") || t("log.showsNothing"));
  return (
    <dl className="facts">
      {facts.map(([name, text]) => <div key={name}><dt>{name}</dt><dd>{text}</dd></div>)}
    </dl>
  );
}

function spanText({ startTime, endTime }: Interval, instant: (ms: number) => string): string {
  return `${instant(epochMs(startTime) ?? 0)} – ${instant(epochMs(endTime) ?? 0)}`;
}

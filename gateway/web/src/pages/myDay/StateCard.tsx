import { useTranslation } from "react-i18next";
import type { AgentDay } from "../../api/myDay";
import { formatDuration } from "../../board/clock";
import { epochMs } from "../../board/model";
import { activityKey, markKeys, stateKey } from "../../board/states";
import { reasonName } from "../../board/useReasonNames";
import type { PresencePolicy } from "../../gen/muster/presence/v1/policy_service_pb";
import { State } from "../../gen/muster/presence/v1/state_pb";
import { Swatch } from "../../ui/Swatch";
import { Card } from "./Card";
import { sinceMs, type Piece } from "./model/pieces";
import { isKeptByPages, lostWith, ownSource } from "./model/presence";
import { OwnButtons } from "./OwnButtons";
import { PulseNote } from "./PulseNote";
import { useInstant } from "./useClock";
import { useOwnPulse } from "./useOwnPulse";
import { thisDevice } from "./device";
import { WrapUpExtension } from "./WrapUpExtension";

interface StateCardProps {
  readonly day: AgentDay;
  readonly pieces: readonly Piece[];
  readonly policy: PresencePolicy | undefined;
  readonly nowMs: number;
  readonly mayReport: boolean;
  readonly mayExtend: boolean;
  readonly isMissing: boolean;
  readonly onChanged: () => void;
}

const SOURCE = ownSource(thisDevice());

/** What she is in now and since when, and what she can say of herself. */
export function StateCard(props: StateCardProps) {
  const { day, pieces, policy, nowMs, mayReport, mayExtend, isMissing, onChanged } = props;
  const { t } = useTranslation();
  const last = pieces.at(-1);
  const isKept = isKeptByPages(last);
  const pulse = useOwnPulse(SOURCE, day.agent, mayReport && isKept);
  return (
    <Card title={t("myDay.now")} name="state">
      {last === undefined
        ? <p className="muted">{t(isMissing ? "myDay.noStates" : "myDay.noState")}</p>
        : <Present last={last} since={sinceMs(pieces) ?? last.startMs} policy={policy} nowMs={nowMs} day={day} />}
      <PulseNote lost={lostWith(pieces)} isKept={isKept} pulse={pulse} timeZone={day.timeZone} />
      {mayExtend && last?.state === State.WRAP_UP && <WrapUpExtension agent={day.agent} onExtended={onChanged} />}
      {mayReport && policy !== undefined && (
        <OwnButtons agent={day.agent} source={SOURCE} pieces={pieces} policy={policy} onReported={onChanged} />
      )}
    </Card>
  );
}

interface PresentProps {
  readonly last: Piece;
  readonly since: number;
  readonly policy: PresencePolicy | undefined;
  readonly nowMs: number;
  readonly day: AgentDay;
}

function Present({ last, since, policy, nowMs, day }: PresentProps) {
  const { t, i18n } = useTranslation();
  const instant = useInstant(day.timeZone, epochMs(day.startTime) ?? 0);
  const activity = activityKey(last.activity);
  const facts = [
    last.reason === "" ? "" : reasonName(policy, last.reason, i18n.language),
    activity === null ? "" : t(`activity.${activity}`), ...markKeys(last.marks).map((mark) => t(`mark.${mark}`)),
  ].filter((fact) => fact !== "");
  return (
    <div className="present">
      <p className="present-state"><Swatch look={last.look} />{t(`state.${stateKey(last.state)}`)}</p>
      <p className="present-timer" role="timer">{formatDuration(nowMs - since)}</p>
      <p className="present-facts">{[...facts, t("myDay.since", { time: instant(since) })].join(" · ")}</p>
    </div>
  );
}

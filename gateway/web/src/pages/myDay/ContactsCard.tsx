import { useTranslation } from "react-i18next";
import type { AgentDay } from "../../api/myDay";
import { asProblem } from "../../api/problem";
import { formatDuration } from "../../board/clock";
import { Channel, Direction } from "../../gen/muster/dispatch/v1/contact_pb";
import { RecordingButton } from "../../log/RecordingButton";
import { Card } from "./Card";
import type { ContactLine } from "./model/contacts";
import { useClock } from "./useClock";
import type { DayContacts } from "./useContacts";

const CHANNELS = {
  [Channel.UNSPECIFIED]: "contact", [Channel.CALL]: "call", [Channel.CHAT]: "chat", [Channel.MAIL]: "mail",
} as const;
const DIRECTIONS = {
  [Direction.UNSPECIFIED]: null, [Direction.INBOUND]: "inbound", [Direction.OUTBOUND]: "outbound",
  [Direction.INTERNAL]: "internal",
} as const;

interface ContactsCardProps extends Omit<DayContacts, "contacts"> {
  readonly day: AgentDay;
  readonly lines: readonly ContactLine[];
  readonly isMissing: boolean;
}

/** The contacts in which she took part. */
export function ContactsCard({ day, lines, isMissing, isPartial, error, onRetry }: ContactsCardProps) {
  const { t } = useTranslation();
  const clock = useClock(day.timeZone);
  const handled = lines.filter(({ answerMs }) => answerMs !== null).length;
  const told = (line: ContactLine) => {
    if (line.isOpen) return t("myDay.contact.open");
    return line.answerMs === null ? t("myDay.contact.notAnswered") : formatDuration(line.talkMs ?? 0);
  };
  const factsOf = ({ direction, queue, wrapUpMs, contactId }: ContactLine) => {
    const way = DIRECTIONS[direction];
    const after = wrapUpMs === null ? "" : t("myDay.contact.after", { time: formatDuration(wrapUpMs) });
    return [way === null ? "" : t(`myDay.contact.${way}`), queue, after, contactId].filter((fact) => fact !== "").join(" · ");
  };
  return (
    <Card title={t("myDay.contacts")} name="contacts" aside={lines.length > 0 && !isPartial && <span>{t("myDay.contact.handled", { count: handled })}</span>}>
      {lines.length === 0 && <p className="muted">{t(isMissing ? "myDay.notHad" : "myDay.noContacts")}</p>}
      {lines.length > 0 && (
        <ol className="changes" tabIndex={0} aria-label={t("myDay.contacts")}>
          {lines.map((line) => (
            <li key={line.name}>
              <span className="changes-time">{clock(line.startMs, true)}</span>
              <span>
                {t(`myDay.contact.${CHANNELS[line.channel] ?? "contact"}`)} <small>{factsOf(line)}</small>
                {line.recordings.map((recording) => <RecordingButton key={recording} recording={recording} />)}
              </span>
              <b>{told(line)}</b>
            </li>
          ))}
        </ol>
      )}
      {isPartial && error === null && <p className="muted" role="status">{t("frame.loading")}</p>}
      {error !== null && (
        <p className="note refused" role="alert">{t("myDay.failed")} <code>{asProblem(error).code}</code>{" "}
          <button type="button" className="link" onClick={onRetry}>{t("page.retry")}</button>
        </p>
      )}
    </Card>
  );
}

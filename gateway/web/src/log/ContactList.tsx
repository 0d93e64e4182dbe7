import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listAgentContacts } from "../api/contacts";
import { useRenewal } from "../api/useRenewal";
import { formatDuration } from "../board/clock";
import { epochMs, type Board } from "../board/model";
import { Channel, Contact_Outcome as Outcome, Direction, type Contact, type Leg } from "../gen/muster/dispatch/v1/contact_pb";
import type { ListContactsResponse } from "../gen/muster/dispatch/v1/contact_service_pb";
import { RecordingButton } from "./RecordingButton";
import { useInstant } from "./useInstant";

interface ContactListProps {
  readonly board: Board;
  readonly agent: string;
  /** As the day brought it. */
  readonly firstPage: ListContactsResponse;
  /** When it was read, by the server's clock. */
  readonly readMs: number | null;
}

const CHANNEL_KEYS = {
  [Channel.UNSPECIFIED]: "unknown", [Channel.CALL]: "call", [Channel.CHAT]: "chat", [Channel.MAIL]: "mail",
} as const;

const DIRECTION_KEYS = {
  [Direction.UNSPECIFIED]: null, [Direction.INBOUND]: "inbound", [Direction.OUTBOUND]: "outbound",
  [Direction.INTERNAL]: "internal",
} as const;

const OUTCOME_KEYS = {
  [Outcome.UNSPECIFIED]: "running", [Outcome.ANSWERED]: "answered", [Outcome.ABANDONED]: "abandoned",
  [Outcome.TIMED_OUT]: "timedOut", [Outcome.OVERFLOWED]: "overflowed", [Outcome.CALLBACK]: "callback",
  [Outcome.UNANSWERED]: "unanswered",
} as const;

/** The contacts in which the agent took part, with her part in each. */
export function ContactList({ board, agent, firstPage, readMs }: ContactListProps) {
  const { t } = useTranslation();
  const rest = useInfiniteQuery({
    queryKey: ["contacts", agent, board.startMs, board.lengthMs, firstPage.nextPageToken],
    queryFn: ({ pageParam }) => listAgentContacts(agent, board.startMs, board.startMs + board.lengthMs, pageParam),
    initialPageParam: firstPage.nextPageToken,
    getNextPageParam: (page) => page.nextPageToken || null,
    enabled: false,
  });
  useRenewal(rest, readMs);
  const hasMore = rest.data === undefined ? firstPage.nextPageToken !== "" : rest.hasNextPage;
  const more = () => void (rest.data === undefined ? rest.refetch() : rest.fetchNextPage());
  const contacts = [firstPage, ...(rest.data?.pages ?? [])].flatMap((page) => page.contacts);
  return (
    <section className="log-section" aria-label={t("log.contacts")}>
      <h3>{t("log.contacts")}</h3>
      {contacts.length === 0 && <p className="muted">{t("log.noContacts")}</p>}
      <ul className="contacts">
        {contacts.map((contact) => <ContactLine key={contact.name} board={board} agent={agent} contact={contact} />)}
      </ul>
      {hasMore && (
        <button type="button" className="button" disabled={rest.isFetching} onClick={more}>{t("log.more")}</button>
      )}
    </section>
  );
}

interface ContactLineProps {
  readonly board: Board;
  readonly agent: string;
  readonly contact: Contact;
}

function ContactLine({ board, agent, contact }: ContactLineProps) {
  const { t } = useTranslation();
  const instant = useInstant(board);
  const legs = contact.legs.filter((leg) => leg.agent === agent);
  const direction = DIRECTION_KEYS[contact.direction] ?? null;
  const queues = contact.stays.map(({ queue }) => queue.slice(queue.lastIndexOf("/") + 1));
  const talkMs = legs.reduce((sum, { talk }) => sum + Number(talk?.seconds ?? 0n) * 1000, 0);
  const facts = [
    t(`contact.${CHANNEL_KEYS[contact.channel] ?? "unknown"}`), direction === null ? "" : t(`contact.${direction}`),
    ...queues, t(`contact.${OUTCOME_KEYS[contact.outcome] ?? "running"}`),
    talkMs > 0 ? t("contact.talk", { time: formatDuration(talkMs) }) : "",
  ].filter((part) => part !== "");
  return (
    <li>
      <span className="log-time">{instant(beginOf(legs) ?? epochMs(contact.startTime) ?? 0)}</span>
      <span>
        {contact.contactId}
        <span className="log-facts">{facts.join(" · ")}</span>
        {contact.recordings.map(({ name }) => <RecordingButton key={name} recording={name} />)}
      </span>
    </li>
  );
}

/** When the agent's own part began. */
function beginOf(legs: readonly Leg[]): number | null {
  return epochMs(legs[0]?.ringTime) ?? epochMs(legs[0]?.answerTime);
}

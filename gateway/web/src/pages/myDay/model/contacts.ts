import { durationMs } from "@bufbuild/protobuf/wkt";
import { epochMs } from "../../../board/model";
import type { AgentDay } from "../../../gen/muster/gateway/v1/board_service_pb";
import { Contact_State as ContactState, type Channel, type Contact, type Direction } from "../../../gen/muster/dispatch/v1/contact_pb";

/** Her part in a contact. */
export interface ContactLine {
  readonly name: string;
  readonly startMs: number;
  readonly answerMs: number | null;
  readonly channel: Channel;
  readonly direction: Direction;
  /** The id of the queue through which it came last; empty for none. */
  readonly queue: string;
  readonly talkMs: number | null;
  readonly wrapUpMs: number | null;
  readonly isOpen: boolean;
  /** What it is called at its source. */
  readonly contactId: string;
  /** Its recordings, for whoever may open them. */
  readonly recordings: readonly string[];
}

/** Her contacts of the day, the latest first; one that came to her twice is two lines. */
export function contactLines(contacts: readonly Contact[], agent: string): ContactLine[] {
  const lines = contacts.flatMap((contact) => linesOf(contact, agent));
  return lines.sort((one, other) => other.startMs - one.startMs);
}

function linesOf(contact: Contact, agent: string): ContactLine[] {
  return contact.legs.filter((leg) => leg.agent === agent).map((leg, index) => ({
    name: `${contact.name}#${index}`,
    startMs: epochMs(leg.ringTime) ?? epochMs(leg.answerTime) ?? epochMs(contact.startTime) ?? 0,
    answerMs: epochMs(leg.answerTime),
    channel: contact.channel,
    direction: contact.direction,
    queue: contact.stays.at(-1)?.queue.split("/").at(-1) ?? "",
    talkMs: leg.talk === undefined ? null : durationMs(leg.talk),
    wrapUpMs: leg.wrapUp === undefined ? null : durationMs(leg.wrapUp),
    isOpen: contact.state !== ContactState.ENDED && leg.endTime === undefined,
    contactId: contact.contactId,
    recordings: index === 0 ? contact.recordings.map(({ name }) => name) : [],
  }));
}

export interface BestHour {
  readonly startMs: number;
  readonly endMs: number;
  readonly handledCount: number;
}

/** The hour in which she answered most, of those the first; null if she answered nothing. */
export function bestHour(day: AgentDay, lines: readonly ContactLine[]): BestHour | null {
  const starts = day.columns.map((column) => epochMs(column.startTime) ?? 0);
  const hours = starts.map((startMs, index) => {
    const endMs = starts[index + 1] ?? epochMs(day.endTime) ?? startMs;
    const handledCount = lines.filter(({ answerMs }) => answerMs !== null && startMs <= answerMs && answerMs < endMs).length;
    return { startMs, endMs, handledCount };
  });
  return hours.reduce<BestHour | null>(
    (best, hour) => (hour.handledCount > (best?.handledCount ?? 0) ? hour : best), null,
  );
}

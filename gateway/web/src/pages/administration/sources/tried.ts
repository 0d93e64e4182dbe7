import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { ContactEvent_Kind, type ContactEvent } from "../../../gen/muster/dispatch/v1/contact_pb";
import { TestSourceMappingResponse_Fate as Fate, type TestSourceMappingResponse_Event } from "../../../gen/muster/gateway/v1/source_service_pb";
import type { StateReport } from "../../../gen/muster/presence/v1/presence_service_pb";
import { Activity, State } from "../../../gen/muster/presence/v1/state_pb";
import type { SourceEvent } from "../../../api/sources";

const MOST_SAMPLES = 1000;
const LARGEST_BODY = 1024 * 1024;

/** How often something is so. */
export interface Counted<What> {
  readonly what: What;
  readonly count: number;
}

/** What would become of events, every fate with its count, in the order in which they are read. */
export function countFates(events: readonly TestSourceMappingResponse_Event[]): Counted<Fate>[] {
  const fates = [Fate.UNDERSTOOD, Fate.UNKNOWN, Fate.REFUSED, Fate.IGNORED];
  return fates.map((what) => ({ what, count: events.filter(({ fate }) => fate === what).length }));
}

/** The unknown values of events with how many events have each, the most frequent first. */
export function countUnknowns(events: readonly TestSourceMappingResponse_Event[]): Counted<string>[] {
  const counts = new Map<string, number>();
  for (const { unknowns } of events) for (const unknown of new Set(unknowns)) counts.set(unknown, (counts.get(unknown) ?? 0) + 1);
  return [...counts].map(([what, count]) => ({ what, count })).sort((one, other) => other.count - one.count);
}

/** As much of kept events as one trial takes, in the order in which they came; none whose body is not told. */
export function samplesOf(events: readonly SourceEvent[]): string {
  const bodies: string[] = [];
  let size = 2;
  for (const { body } of events.slice(0, MOST_SAMPLES)) {
    size += new Blob([body]).size + 2;
    if (size > LARGEST_BODY) break;
    if (body !== "") bodies.unshift(body);
  }
  return bodies.length === 0 ? "" : `[${bodies.join(",\n")}]`;
}

/** One thing that an event would report. */
export interface Said {
  readonly time: Timestamp | undefined;
  /** Whom or what it is about, as `agents/ana` or `contact 17`. */
  readonly subject: string;
  /** The words that the mapping has for it, as `BREAK meal`. */
  readonly words: string;
}

/** What an event would report, in the words of its mapping. */
export function saidOf({ states, contacts }: TestSourceMappingResponse_Event): Said[] {
  return [...states.map(saidOfState), ...contacts.map(saidOfContact)];
}

function saidOfState({ occurredTime, agent, state, reason, activity, queue, contacts }: StateReport): Said {
  const doing = activity === Activity.UNSPECIFIED ? "" : Activity[activity];
  return { time: occurredTime, subject: agent, words: joined(State[state], reason, doing, queue, ...contacts) };
}

function saidOfContact({ occurredTime, contactId, kind, agent, queueId, targetQueueId }: ContactEvent): Said {
  return { time: occurredTime, subject: joined("contact", contactId), words: joined(ContactEvent_Kind[kind], agent, queueId, targetQueueId) };
}

function joined(...words: (string | undefined)[]): string {
  return words.filter(Boolean).join(" ");
}

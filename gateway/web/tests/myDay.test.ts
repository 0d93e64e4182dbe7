import { create } from "@bufbuild/protobuf";
import { timestampFromMs as at } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { ContactSchema, Contact_State as ContactState } from "../src/gen/muster/dispatch/v1/contact_pb";
import { AgentDaySchema } from "../src/gen/muster/gateway/v1/board_service_pb";
import { PresencePolicySchema, TrackKind } from "../src/gen/muster/presence/v1/policy_service_pb";
import { SourceKind, State } from "../src/gen/muster/presence/v1/state_pb";
import { Shift_State as ShiftState } from "../src/gen/muster/roster/v1/shift_pb";
import { countingStates, telephonyOf } from "../src/pages/myDay/model/buttons";
import { bestHour, contactLines } from "../src/pages/myDay/model/contacts";
import { addressOf, isKept, pastDayOf } from "../src/pages/myDay/model/days";
import { lookedAt, purposeOf } from "../src/pages/myDay/model/looks";
import { lookTimes, piecesOf, sinceMs } from "../src/pages/myDay/model/pieces";
import { beatPauseMs, isKeptByPages, lostWith, NO_PULSE } from "../src/pages/myDay/model/presence";
import { hourMarks, placeIn, recapOf, shiftsOf, stripSpan } from "../src/pages/myDay/model/strip";
import { DAY_START, HOUR, MINUTE } from "./builders";

type Said = readonly [startHour: number, state: State, source?: string, reason?: string];
const PHONE = "pbx";
const PAGE = "my-day-0a1b2c3d";
const AWAY = new Set(["training"]);

/** A day of 24 hours; the last thing said holds to its end. */
function aDay(...said: readonly Said[]) {
  return create(AgentDaySchema, {
    agent: "agents/ana", timeZone: "UTC", startTime: at(DAY_START), endTime: at(DAY_START + 24 * HOUR),
    columns: Array.from({ length: 24 }, (_, hour) => ({ startTime: at(DAY_START + hour * HOUR), label: String(hour) })),
    timeline: {
      intervals: said.map(([hour, state, source = "", reason = ""], index) => ({
        startTime: at(DAY_START + hour * HOUR), endTime: at(DAY_START + (said[index + 1]?.[0] ?? 24) * HOUR), state, reason,
        ...(source === "" ? {} : { entry: { source, sourceKind: source === PHONE ? SourceKind.TELEPHONY : SourceKind.AGENT } }),
      })),
    },
  });
}

const piecesAt = (hour: number, ...said: readonly Said[]) => piecesOf(aDay(...said), DAY_START + hour * HOUR, AWAY);

describe("her time", () => {
  it("goes on until now and not into what is still to come", () => {
    const pieces = piecesAt(10, [0, State.OFFLINE], [9, State.ONLINE]);

    expect(pieces.map(({ endMs }) => endMs - DAY_START)).toEqual([9 * HOUR, 10 * HOUR]);
    expect(piecesAt(8, [0, State.OFFLINE], [9, State.ONLINE])).toHaveLength(1);
  });

  it("goes on since the day was read, where the answer ends", () => {
    const pieces = piecesOf(aDay([0, State.OFFLINE], [9, State.ONLINE]), DAY_START + 25 * HOUR, AWAY);

    expect(pieces.at(-1)?.endMs).toBe(DAY_START + 25 * HOUR);
  });

  it("is told apart by state, and work away is no break", () => {
    const times = lookTimes(piecesAt(
      14, [0, State.OFFLINE], [9, State.ONLINE], [10, State.BUSY], [12, State.BREAK, PAGE, "training"],
      [13, State.BREAK, PAGE, "meal"],
    ));

    expect(times).toEqual([
      { look: "online", milliseconds: HOUR, count: 1, share: 0.2 },
      { look: "busy", milliseconds: 2 * HOUR, count: 1, share: 0.4 },
      { look: "break", milliseconds: HOUR, count: 1, share: 0.2 },
      { look: "away", milliseconds: HOUR, count: 1, share: 0.2 },
      { look: "offline", milliseconds: 9 * HOUR, count: 1, share: null },
    ]);
  });

  it("counts a state once however its activities change", () => {
    const pieces = piecesAt(12, [8, State.ONLINE], [9, State.BUSY], [10, State.BUSY], [11, State.BUSY]);

    expect(lookTimes(pieces).find(({ look }) => look === "busy")).toMatchObject({ count: 1, milliseconds: 3 * HOUR });
    expect(sinceMs(pieces)).toBe(DAY_START + 9 * HOUR);
  });

  it("counts a state since it was said, be it before the day began", () => {
    const day = aDay([0, State.OFFLINE, PHONE], [9, State.ONLINE, PHONE]);
    for (const { entry } of day.timeline?.intervals ?? []) {
      if (entry !== undefined) entry.occurredTime = at(DAY_START - 40 * HOUR);
    }

    expect(sinceMs(piecesOf(day, DAY_START + 8 * HOUR, AWAY))).toBe(DAY_START - 40 * HOUR);
    expect(sinceMs(piecesOf(day, DAY_START + 10 * HOUR, AWAY))).toBe(DAY_START + 9 * HOUR);
  });
});

describe("her buttons", () => {
  const rank = (...matches: [TrackKind, ...State[]][]) => ({
    matches: matches.map(([trackKind, ...states]) => ({ trackKind, states, source: "" })),
  });
  const { PERSON, TELEPHONY } = TrackKind;
  const usual = create(PresencePolicySchema, {
    precedence: [
      rank([TELEPHONY, State.BUSY]), rank([PERSON, State.BUSY]),
      rank([TELEPHONY, State.WRAP_UP, State.BREAK], [PERSON, State.WRAP_UP, State.BREAK, State.ONLINE]),
      rank([TELEPHONY, State.ONLINE]), rank([PERSON, State.OFFLINE], [TELEPHONY, State.OFFLINE]),
    ],
  });
  const phoneFirst = create(PresencePolicySchema, { precedence: [rank([TELEPHONY]), rank([PERSON])] });

  it("are all there where no telephone speaks for her", () => {
    expect(countingStates(phoneFirst, telephonyOf(piecesAt(9, [0, State.ONLINE, PAGE])))).toHaveLength(5);
  });

  it("are those that count before a ready telephone", () => {
    const telephony = telephonyOf(piecesAt(9, [0, State.ONLINE, PHONE], [8, State.BREAK, PAGE, "meal"]));

    expect(telephony).toBe(PHONE);
    expect(countingStates(usual, telephony)).toEqual([State.ONLINE, State.BUSY, State.WRAP_UP, State.BREAK]);
    expect(countingStates(phoneFirst, telephony)).toEqual([]);
  });
});

describe("signs of life", () => {
  it("are needed while what she pressed on a page counts, unless she is offline", () => {
    expect(isKeptByPages(piecesAt(9, [0, State.ONLINE, PAGE]).at(-1))).toBe(true);
    expect(isKeptByPages(piecesAt(9, [0, State.OFFLINE, PAGE]).at(-1))).toBe(false);
    expect(isKeptByPages(piecesAt(9, [0, State.ONLINE, PHONE]).at(-1))).toBe(false);
    expect(isKeptByPages(undefined)).toBe(false);
  });

  it("that stopped leave what she had pressed, and when it was last true", () => {
    const lost = lostWith(piecesAt(12, [8, State.BUSY, PAGE], [9, State.UNOBSERVED]));

    expect(lost).toMatchObject({ state: State.BUSY, endMs: DAY_START + 9 * HOUR });
    expect(lostWith(piecesAt(12, [8, State.BUSY, PHONE], [9, State.UNOBSERVED]))).toBeNull();
    expect(lostWith(piecesAt(12, [8, State.UNOBSERVED], [9, State.BUSY, PAGE]))).toBeNull();
  });

  it("come three times a lease", () => {
    expect(beatPauseMs(NO_PULSE)).toBe(30_000);
    expect(beatPauseMs({ ...NO_PULSE, leaseMs: 30_000 })).toBe(10_000);
  });
});

describe("the strip", () => {
  const day = aDay([0, State.OFFLINE], [8.5, State.ONLINE], [9, State.OFFLINE]);
  day.shifts = create(AgentDaySchema, {
    shifts: [
      { startTime: at(DAY_START + 10.25 * HOUR), endTime: at(DAY_START + 18 * HOUR), state: ShiftState.PUBLISHED },
      { startTime: at(DAY_START + 2 * HOUR), endTime: at(DAY_START + 3 * HOUR), state: ShiftState.CANCELLED },
    ],
  }).shifts;
  const shifts = shiftsOf(day);
  const span = stripSpan(day, piecesOf(day, DAY_START + 12 * HOUR, AWAY), shifts);

  it("shows what she did and what is planned, on full hours", () => {
    expect(shifts).toHaveLength(1);
    expect(span).toEqual({ startMs: DAY_START + 8 * HOUR, endMs: DAY_START + 18 * HOUR });
    expect(stripSpan(day, [], []).endMs - stripSpan(day, [], []).startMs).toBe(24 * HOUR);
  });

  it("is recapped as her shift once that is over, and as a day where she had none", () => {
    const recaps = [12, 18, 24].map((hour) => [
      recapOf(day, shifts, DAY_START + hour * HOUR), recapOf(day, [], DAY_START + hour * HOUR),
    ]);

    expect(recaps).toEqual([["soFar", "soFar"], ["over", "soFar"], ["over", "ofDay"]]);
  });

  it("places stretches exactly and leaves out what lies beyond", () => {
    expect(placeIn(span, { startMs: DAY_START + 7 * HOUR, endMs: DAY_START + 9 * HOUR })).toEqual({ from: 0, length: 0.1 });
    expect(placeIn(span, { startMs: DAY_START, endMs: DAY_START + 8 * HOUR })).toBeNull();
  });

  it("labels no more hours than fit", () => {
    expect(hourMarks(span, 12)).toHaveLength(10);
    expect(hourMarks(span, 5)).toHaveLength(5);
  });
});

describe("her contacts", () => {
  const contact = (answer: number | null, agent = "agents/ana") => ({
    name: `contacts/${answer}`, state: ContactState.ENDED, startTime: at(DAY_START + 9 * HOUR),
    stays: [{ queue: "sites/harbour/queues/support" }],
    legs: [{
      agent, ringTime: at(DAY_START + (answer ?? 9) * HOUR - MINUTE), endTime: at(DAY_START + 23 * HOUR),
      ...(answer === null ? {} : { answerTime: at(DAY_START + answer * HOUR), talk: { seconds: 252n, nanos: 0 } }),
    }],
  });
  const day = aDay([0, State.ONLINE]);
  const { contacts = [] } = create(AgentDaySchema, {
    contacts: { contacts: [contact(9.1), contact(10.2), contact(10.8), contact(null), contact(11, "agents/bo")] },
  }).contacts!;
  const lines = contactLines(contacts, "agents/ana");

  it("are her own parts, the latest first", () => {
    expect(lines.map(({ answerMs }) => answerMs === null ? null : (answerMs - DAY_START) / HOUR)).toEqual([10.8, 10.2, 9.1, null]);
    expect(lines[0]).toMatchObject({ queue: "support", talkMs: 252_000, isOpen: false });
  });

  it("bring their recordings once, however often one came to her", () => {
    const twice = create(ContactSchema, { ...contact(9), recordings: [{ name: "contacts/9/recordings/a" }] });
    twice.legs.push(twice.legs[0]!);

    expect(contactLines([twice], "agents/ana").flatMap(({ recordings }) => recordings)).toEqual(["contacts/9/recordings/a"]);
  });

  it("make an hour the best by what she answered in it", () => {
    expect(bestHour(day, lines)).toEqual({
      startMs: DAY_START + 10 * HOUR, endMs: DAY_START + 11 * HOUR, handledCount: 2,
    });
    expect(bestHour(day, [])).toBeNull();
  });
});

describe("her days", () => {
  it("are those of the address up to yesterday, and today otherwise", () => {
    const asked = ["?day=2026-03-09", "?day=2026-03-10", "?day=2026-03-11", "?day=soon", ""].map((search) => pastDayOf(search, "2026-03-10"));

    expect(asked).toEqual(["2026-03-09", null, null, null, null]);
    expect([addressOf("2026-03-09", "2026-03-10"), addressOf("2026-03-10", "2026-03-10")]).toEqual(["/my-day?day=2026-03-09", "/my-day"]);
  });

  it("go back as far as they are kept", () => {
    const kept = (day: string, days: number | undefined) => isKept(day, "2026-03-31", days);

    expect([kept("2026-01-01", undefined), kept("2026-02-24", 35), kept("2026-02-23", 35)]).toEqual([true, true, false]);
  });
});

it("who looked is told in words, whatever the method and purpose", () => {
  expect(lookedAt("muster.gateway.v1.BoardService/GetAgentDay", false)).toBe("day");
  expect(lookedAt("muster.presence.v1.PresenceService/AmendStates", true)).toBe("change");
  expect(lookedAt("muster.dispatch.v1.ContactService/OpenRecording", true)).toBe("recording");
  expect(lookedAt("muster.new.v1.NewService/Get", false)).toBe("other");
  expect(purposeOf("coaching: weekly talk")).toEqual({ code: "coaching", note: "weekly talk" });
  expect(purposeOf("")).toEqual({ code: null, note: "" });
  expect(purposeOf("out of interest")).toEqual({ code: "other", note: "out of interest" });
});

import {
  BreakReason_ReasonClass as ReasonClass, TrackKind, type BreakReason, type PrecedenceRank, type PresencePolicy,
} from "../../../gen/muster/presence/v1/policy_service_pb";
import { SourceKind, State } from "../../../gen/muster/presence/v1/state_pb";
import type { Piece } from "./pieces";

/** The states that somebody can say of herself. */
export const OWN_STATES = [State.ONLINE, State.BUSY, State.WRAP_UP, State.BREAK, State.OFFLINE] as const;
export type OwnStateName = (typeof OWN_STATES)[number];

/** The telephone system or platform that says her state; the id of its source. */
export function telephonyOf(pieces: readonly Piece[]): string | null {
  return pieces.findLast((piece) => piece.givenBy === SourceKind.TELEPHONY)?.source ?? null;
}

/**
 * What she can say of herself so that it counts. Where a telephone system tells her state, a button counts if the site's
 * precedence puts it before what a ready phone says, or level with it, since then the later word counts.
 */
export function countingStates(policy: PresencePolicy, telephony: string | null): readonly OwnStateName[] {
  if (telephony === null) return OWN_STATES;
  const ready = rankOf(policy.precedence, TrackKind.TELEPHONY, telephony, State.ONLINE);
  return OWN_STATES.filter((state) => rankOf(policy.precedence, TrackKind.PERSON, "", state) <= ready);
}

/** How strong a word is: 0 is the strongest, and what no rank covers comes after all. */
function rankOf(ranks: readonly PrecedenceRank[], kind: TrackKind, source: string, state: State): number {
  const found = ranks.findIndex(({ matches }) => matches.some((match) =>
    match.trackKind === kind && ["", source].includes(match.source)
    && (match.states.length === 0 || match.states.includes(state))));
  return found < 0 ? ranks.length : found;
}

/** The reasons of which one can choose: a missed offer is what the system says, and nobody of herself. */
export function ownReasons(policy: PresencePolicy): readonly BreakReason[] {
  return policy.breakReasons.filter(({ reasonClass }) => reasonClass !== ReasonClass.MISSED_OFFER);
}

/** The codes that stand for work away from contacts, which is no rest. */
export function awayReasons(policy: PresencePolicy | undefined): ReadonlySet<string> {
  const away = policy?.breakReasons.filter(({ reasonClass }) => reasonClass === ReasonClass.WORK_AWAY) ?? [];
  return new Set(away.map(({ code }) => code));
}

"""Policies in requests. What a message cannot say is refused, every field of it at once."""

from datetime import timedelta
from enum import IntEnum
from typing import TypeAlias, TypeVar

from google.protobuf.duration_pb2 import Duration
from muster.presence.v1 import policy_service_pb2 as pb

from chassis.errors import FieldViolation, invalid_fields
from services.presence.domain.lease import LeaseRule
from services.presence.domain.policy import (
    BreakReason,
    LimitEnd,
    PresencePolicy,
    ReasonClass,
    WrapUpRule,
)
from services.presence.domain.precedence import Match, TrackKind
from services.presence.domain.state import SourceKind, State

# They travel in a trailer, whose usual limit is 8 KiB.
MOST_VIOLATIONS = 25

_Numbered = TypeVar("_Numbered", bound=IntEnum)
_Timed: TypeAlias = pb.PresencePolicy | pb.WrapUpRule | pb.LeaseRule | pb.BreakReason


def policy_of(message: pb.PresencePolicy) -> PresencePolicy:
    """Returns the policy of a message; its limits are judged by the domain."""
    reader = _Reader()
    policy = reader.policy(message)
    if reader.violations:
        raise invalid_fields(reader.violations[:MOST_VIOLATIONS])
    return policy


class _Reader:
    """Reads parts of a policy. What is malformed is noted, and something stands in its place."""

    def __init__(self) -> None:
        self.violations: list[FieldViolation] = []

    def policy(self, message: pb.PresencePolicy) -> PresencePolicy:
        return PresencePolicy(
            version=message.version,
            precedence=tuple(
                tuple(
                    self._match(match, f"precedence[{index}].matches[{place}]")
                    for place, match in enumerate(rank.matches)
                )
                for index, rank in enumerate(message.precedence)
            ),
            break_reasons=tuple(
                self._reason(reason, f"break_reasons[{index}]")
                for index, reason in enumerate(message.break_reasons)
            ),
            wrap_up_rules=tuple(
                self._wrap_up(rule, f"wrap_up_rules[{index}]")
                for index, rule in enumerate(message.wrap_up_rules)
            ),
            lease_rules=tuple(
                self._lease(rule, f"lease_rules[{index}]")
                for index, rule in enumerate(message.lease_rules)
            ),
            grace=self._time(message, "grace", "grace"),
            state_log_retention_days=message.state_log_retention_days,
            root_recipients=tuple(message.root_recipients),
        )

    def _match(self, message: pb.PrecedenceMatch, field: str) -> Match:
        return Match(
            self._named(TrackKind, message.track_kind, f"{field}.track_kind"),
            message.source,
            frozenset(self._named(State, state, f"{field}.states") for state in message.states),
        )

    def _reason(self, message: pb.BreakReason, field: str) -> BreakReason:
        kind = self._named(ReasonClass, message.reason_class, f"{field}.reason_class")
        if kind is ReasonClass.UNSPECIFIED:
            self._malformed(f"{field}.reason_class", "give one of the named classes")
        return BreakReason(
            code=message.code,
            display_names=tuple(sorted(message.display_names.items())),
            reason_class=kind,
            paid=message.paid,
            counts_as_break=message.counts_as_break,
            recallable=message.recallable,
            longest=_maybe_time_of(message, "longest"),
        )

    def _wrap_up(self, message: pb.WrapUpRule, field: str) -> WrapUpRule:
        return WrapUpRule(
            queue=message.queue,
            target=self._time(message, "target", f"{field}.target"),
            limit=_maybe_time_of(message, "limit"),
            limit_end=self._named(LimitEnd, message.limit_end, f"{field}.limit_end"),
        )

    def _lease(self, message: pb.LeaseRule, field: str) -> LeaseRule:
        kind = self._named(SourceKind, message.source_kind, f"{field}.source_kind")
        return LeaseRule(kind, message.source, _maybe_time_of(message, "lease"))

    def _named(self, kind: type[_Numbered], number: int, field: str) -> _Numbered:
        try:
            return kind(number)
        except ValueError:
            self._malformed(field, "give one of the named values")
            return next(reversed(kind))

    def _time(self, message: _Timed, name: str, field: str) -> timedelta:
        time = _maybe_time_of(message, name)
        if time is None:
            self._malformed(field, "give a time, for example `60s`")
        return time or timedelta()

    def _malformed(self, field: str, description: str) -> None:
        self.violations.append(FieldViolation(f"policy.{field}", description))


def _maybe_time_of(message: _Timed, name: str) -> timedelta | None:
    if not message.HasField(name):
        return None
    duration: Duration = getattr(message, name)
    # Whole days fit a time of any length that a duration can have.
    return timedelta(seconds=duration.seconds, microseconds=duration.nanos // 1_000)

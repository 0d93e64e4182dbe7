"""Policies as messages and back. What a message cannot say is refused with the field named."""

from datetime import timedelta
from enum import IntEnum
from typing import TypeVar

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

Numbered = TypeVar("Numbered", bound=IntEnum)
_MICROSECONDS = timedelta(microseconds=1)


def policy_message(site: str, policy: PresencePolicy) -> pb.PresencePolicy:
    """Returns the message of a site's policy."""
    message = pb.PresencePolicy(
        site=f"sites/{site}",
        version=policy.version,
        author=policy.author,
        precedence=[
            pb.PrecedenceRank(matches=[_match_message(match) for match in rank])
            for rank in policy.precedence
        ],
        break_reasons=[_reason_message(reason) for reason in policy.break_reasons],
        wrap_up_rules=[_wrap_up_message(rule) for rule in policy.wrap_up_rules],
        lease_rules=[_lease_message(rule) for rule in policy.lease_rules],
        grace=_duration(policy.grace),
        state_log_retention_days=policy.state_log_retention_days,
        root_recipients=policy.root_recipients,
    )
    if policy.start_time is not None:
        message.start_time.FromDatetime(policy.start_time)
    return message


def policy_of(message: pb.PresencePolicy) -> PresencePolicy:
    """Returns the policy of a message; its limits are judged by the domain."""
    return PresencePolicy(
        version=message.version,
        precedence=tuple(
            tuple(
                _match_of(match, f"precedence[{index}].matches[{place}]")
                for place, match in enumerate(rank.matches)
            )
            for index, rank in enumerate(message.precedence)
        ),
        break_reasons=tuple(
            _reason_of(reason, f"break_reasons[{index}]")
            for index, reason in enumerate(message.break_reasons)
        ),
        wrap_up_rules=tuple(
            _wrap_up_of(rule, f"wrap_up_rules[{index}]")
            for index, rule in enumerate(message.wrap_up_rules)
        ),
        lease_rules=tuple(
            _lease_of(rule, f"lease_rules[{index}]")
            for index, rule in enumerate(message.lease_rules)
        ),
        grace=_time_of(message, "grace", "grace"),
        state_log_retention_days=message.state_log_retention_days,
        root_recipients=tuple(message.root_recipients),
    )


def _match_message(match: Match) -> pb.PrecedenceMatch:
    return pb.PrecedenceMatch(
        track_kind=match.kind.value,  # type: ignore[arg-type]  # the wire's number
        source=match.source,
        states=sorted(match.states),  # type: ignore[arg-type]  # the wire's number
    )


def _match_of(message: pb.PrecedenceMatch, field: str) -> Match:
    return Match(
        _named(TrackKind, message.track_kind, f"{field}.track_kind"),
        message.source,
        frozenset(_named(State, state, f"{field}.states") for state in message.states),
    )


def _reason_message(reason: BreakReason) -> pb.BreakReason:
    return pb.BreakReason(
        code=reason.code,
        display_names=dict(reason.display_names),
        reason_class=reason.reason_class.value,  # type: ignore[arg-type]  # the wire's number
        paid=reason.paid,
        counts_as_break=reason.counts_as_break,
        recallable=reason.recallable,
        longest=None if reason.longest is None else _duration(reason.longest),
    )


def _reason_of(message: pb.BreakReason, field: str) -> BreakReason:
    kind = _named(ReasonClass, message.reason_class, f"{field}.reason_class")
    if kind is ReasonClass.UNSPECIFIED:
        raise _malformed(f"{field}.reason_class", "give one of the named classes")
    return BreakReason(
        code=message.code,
        display_names=tuple(sorted(message.display_names.items())),
        reason_class=kind,
        paid=message.paid,
        counts_as_break=message.counts_as_break,
        recallable=message.recallable,
        longest=_maybe_time_of(message, "longest"),
    )


def _wrap_up_message(rule: WrapUpRule) -> pb.WrapUpRule:
    return pb.WrapUpRule(
        queue=rule.queue,
        target=_duration(rule.target),
        limit=None if rule.limit is None else _duration(rule.limit),
        limit_end=rule.limit_end.value,  # type: ignore[arg-type]  # the wire's number
    )


def _wrap_up_of(message: pb.WrapUpRule, field: str) -> WrapUpRule:
    return WrapUpRule(
        queue=message.queue,
        target=_time_of(message, "target", f"{field}.target"),
        limit=_maybe_time_of(message, "limit"),
        limit_end=_named(LimitEnd, message.limit_end, f"{field}.limit_end"),
    )


def _lease_message(rule: LeaseRule) -> pb.LeaseRule:
    return pb.LeaseRule(
        source_kind=rule.source_kind.value,  # type: ignore[arg-type]  # the wire's number
        source=rule.source,
        lease=None if rule.length is None else _duration(rule.length),
    )


def _lease_of(message: pb.LeaseRule, field: str) -> LeaseRule:
    kind = _named(SourceKind, message.source_kind, f"{field}.source_kind")
    return LeaseRule(kind, message.source, _maybe_time_of(message, "lease"))


def _named(kind: type[Numbered], number: int, field: str) -> Numbered:
    try:
        return kind(number)
    except ValueError:
        raise _malformed(field, "give one of the named values") from None


def _time_of(message: pb.PresencePolicy | pb.WrapUpRule, name: str, field: str) -> timedelta:
    time = _maybe_time_of(message, name)
    if time is None:
        raise _malformed(field, "give a time, for example `60s`")
    return time


def _maybe_time_of(
    message: pb.PresencePolicy | pb.WrapUpRule | pb.LeaseRule | pb.BreakReason, name: str
) -> timedelta | None:
    if not message.HasField(name):
        return None
    duration: Duration = getattr(message, name)
    # Whole days fit a time of any length that a duration can have.
    return timedelta(seconds=duration.seconds, microseconds=duration.nanos // 1_000)


def _duration(time: timedelta) -> Duration:
    seconds, rest = divmod(time, timedelta(seconds=1))
    return Duration(seconds=seconds, nanos=rest // _MICROSECONDS * 1_000)


def _malformed(field: str, description: str) -> Exception:
    return invalid_fields([FieldViolation(f"policy.{field}", description)])

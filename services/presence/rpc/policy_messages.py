"""Policies as messages."""

from datetime import timedelta

from google.protobuf.duration_pb2 import Duration
from muster.presence.v1 import policy_service_pb2 as pb

from services.presence.domain.lease import LeaseRule
from services.presence.domain.policy import BreakReason, PresencePolicy, WrapUpRule
from services.presence.domain.precedence import Match

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


def _match_message(match: Match) -> pb.PrecedenceMatch:
    return pb.PrecedenceMatch(
        track_kind=match.kind.value,  # type: ignore[arg-type]  # the wire's number
        source=match.source,
        states=sorted(match.states),  # type: ignore[arg-type]  # the wire's number
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


def _wrap_up_message(rule: WrapUpRule) -> pb.WrapUpRule:
    return pb.WrapUpRule(
        queue=rule.queue,
        target=_duration(rule.target),
        limit=None if rule.limit is None else _duration(rule.limit),
        limit_end=rule.limit_end.value,  # type: ignore[arg-type]  # the wire's number
    )


def _lease_message(rule: LeaseRule) -> pb.LeaseRule:
    return pb.LeaseRule(
        source_kind=rule.source_kind.value,  # type: ignore[arg-type]  # the wire's number
        source=rule.source,
        lease=None if rule.length is None else _duration(rule.length),
    )


def _duration(time: timedelta) -> Duration:
    seconds, rest = divmod(time, timedelta(seconds=1))
    return Duration(seconds=seconds, nanos=rest // _MICROSECONDS * 1_000)

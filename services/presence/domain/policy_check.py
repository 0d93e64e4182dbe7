"""What a policy must be to be set: each fault names the part and what to do."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple, TypeVar

from services.presence.domain.lease import LeaseRule
from services.presence.domain.policy import BreakReason, PresencePolicy, WrapUpRule
from services.presence.domain.precedence import Match, Rank
from services.presence.domain.state import State

MOST_RANKS, MOST_REASONS, MOST_WRAP_UP_RULES, MOST_LEASE_RULES = 50, 200, 1_000, 200
MOST_MATCHES, MOST_RECIPIENTS, MOST_NAMES = 50, 20, 20
LONGEST_NAME, LONGEST_ADDRESS = 60, 254
LONGEST_WRAP_UP, LONGEST_GRACE = timedelta(hours=4), timedelta(hours=1)
SHORTEST_LEASE, LONGEST_LEASE = timedelta(seconds=1), timedelta(hours=24)
RETENTION_DAYS = range(35, 3661)

Part = TypeVar("Part")

_CODE = re.compile(r"[a-z0-9-]{1,63}")
_CODE_FORM = "of `[a-z0-9-]{1,63}`"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\"]+")


class Fault(NamedTuple):
    """What is wrong with a part of a policy, and what to do."""

    field: str
    description: str


def faults_of(policy: PresencePolicy) -> list[Fault]:
    """Returns every fault of a policy; none if it can be set."""
    return [
        *_each("precedence", policy.precedence, MOST_RANKS, _rank_faults),
        *_each("break_reasons", policy.break_reasons, MOST_REASONS, _reason_faults),
        *_repeated("break_reasons", (reason.code for reason in policy.break_reasons), "code"),
        *_each("wrap_up_rules", policy.wrap_up_rules, MOST_WRAP_UP_RULES, _wrap_up_faults),
        *_repeated("wrap_up_rules", (rule.queue for rule in policy.wrap_up_rules), "queue"),
        *_each("lease_rules", policy.lease_rules, MOST_LEASE_RULES, _lease_faults),
        *_repeated("lease_rules", (rule[:2] for rule in policy.lease_rules), "kind and source"),
        *_times("grace", policy.grace, timedelta(0), LONGEST_GRACE),
        *_retention_faults(policy.state_log_retention_days),
        *_each("root_recipients", policy.root_recipients, MOST_RECIPIENTS, _address_faults),
    ]


def _rank_faults(rank: Rank, field: str) -> Iterator[Fault]:
    if not rank:
        yield Fault(f"{field}.matches", "name at least one match, or leave the rank out")
    yield from _each(f"{field}.matches", rank, MOST_MATCHES, _match_faults)


def _match_faults(match: Match, field: str) -> Iterator[Fault]:
    if match.source and not _CODE.fullmatch(match.source):
        yield Fault(f"{field}.source", f"give an id {_CODE_FORM}, or leave it empty")
    if State.UNOBSERVED in match.states:
        yield Fault(f"{field}.states", "leave STATE_UNOBSERVED out: it says nothing")


def _reason_faults(reason: BreakReason, field: str) -> Iterator[Fault]:
    if not _CODE.fullmatch(reason.code):
        yield Fault(f"{field}.code", f"give a code {_CODE_FORM}")
    if not 0 < len(reason.display_names) <= MOST_NAMES:
        yield Fault(f"{field}.display_names", f"give names in 1 to {MOST_NAMES} languages")
    for language, name in reason.display_names:
        if not _LANGUAGE.fullmatch(language):
            yield Fault(f"{field}.display_names", "name languages by tags such as `en` or `zh`")
        if not (name.strip() and len(name) <= LONGEST_NAME and name.isprintable()):
            yield Fault(
                f"{field}.display_names", f"give names of 1 to {LONGEST_NAME} printable characters"
            )
    if reason.longest is not None and reason.longest <= timedelta(0):
        yield Fault(f"{field}.longest", "give a time above 0 s, or leave it out for no limit")


def _wrap_up_faults(rule: WrapUpRule, field: str) -> Iterator[Fault]:
    if rule.queue and not _CODE.fullmatch(rule.queue):
        yield Fault(f"{field}.queue", f"give an id {_CODE_FORM}, or leave it empty for all")
    yield from _times(f"{field}.target", rule.target, timedelta(0), LONGEST_WRAP_UP)
    if rule.limit is not None:
        yield from _times(f"{field}.limit", rule.limit, timedelta(0), LONGEST_WRAP_UP)


def _lease_faults(rule: LeaseRule, field: str) -> Iterator[Fault]:
    if rule.source and not _CODE.fullmatch(rule.source):
        yield Fault(f"{field}.source", f"give an id {_CODE_FORM}, or leave it empty for all")
    if rule.length is not None:
        yield from _times(f"{field}.lease", rule.length, SHORTEST_LEASE, LONGEST_LEASE)


def _address_faults(address: str, field: str) -> Iterator[Fault]:
    if len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
        yield Fault(field, "give a mail address such as `ana@example.org`, without a name")


def _retention_faults(days: int) -> Iterator[Fault]:
    if days not in RETENTION_DAYS:
        yield Fault("state_log_retention_days", "give 35 to 3660 days")


def _times(field: str, given: timedelta, least: timedelta, most: timedelta) -> Iterator[Fault]:
    if not least <= given <= most:
        bounds = f"{least.total_seconds():g} to {most.total_seconds():g}"
        yield Fault(field, f"give {bounds} seconds")


def _each(
    field: str, parts: Sequence[Part], most: int, faults_in: Callable[[Part, str], Iterable[Fault]]
) -> Iterator[Fault]:
    if len(parts) > most:
        yield Fault(field, f"give at most {most}; these are {len(parts)}")
        return
    for index, part in enumerate(parts):
        yield from faults_in(part, f"{field}[{index}]")


def _repeated(field: str, keys: Iterable[Hashable], what: str) -> Iterator[Fault]:
    seen: set[Hashable] = set()
    for index, key in enumerate(keys):
        if key in seen:
            yield Fault(f"{field}[{index}]", f"the {what} occurs before; keep one of them")
        seen.add(key)

"""The rules by which a site judges, as data in versions; a version is never changed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from services.presence.domain.lease import DEFAULT_GRACE, DEFAULT_LEASE_RULES, LeaseRule
from services.presence.domain.precedence import DEFAULT_PRECEDENCE, Rank
from services.presence.domain.state import State

DEFAULT_VERSION = 0
DEFAULT_RETENTION_DAYS = 90


class ReasonClass(IntEnum):
    """What kind of absence a break is; a code that the site does not list has UNSPECIFIED."""

    UNSPECIFIED = 0
    REST = 1
    WORK_AWAY = 2
    MISSED_OFFER = 3
    TECHNICAL = 4


@dataclass(frozen=True, slots=True)
class BreakReason:
    """A reason of a break, with its names by language tag; `longest` None has no limit."""

    code: str
    display_names: tuple[tuple[str, str], ...]
    reason_class: ReasonClass
    paid: bool = False
    counts_as_break: bool = False
    recallable: bool = False
    longest: timedelta | None = None


class LimitEnd(IntEnum):
    """What happens at the limit of a wrap-up."""

    READY = 1
    OVERRUN = 2

    @property
    def state(self) -> State:
        """The state that begins there."""
        return State.ONLINE if self is LimitEnd.READY else State.WRAP_UP


@dataclass(frozen=True, slots=True)
class WrapUpRule:
    """After-contact work of a queue, or of all without a rule of their own; no limit, no end."""

    queue: str
    target: timedelta
    limit: timedelta | None
    limit_end: LimitEnd


@dataclass(frozen=True, slots=True)
class PresencePolicy:
    """One version of a site's rules; the defaults are version 0 and hold from ever."""

    precedence: tuple[Rank, ...]
    break_reasons: tuple[BreakReason, ...]
    wrap_up_rules: tuple[WrapUpRule, ...]
    lease_rules: tuple[LeaseRule, ...]
    grace: timedelta
    state_log_retention_days: int
    root_recipients: tuple[str, ...]
    version: int = DEFAULT_VERSION
    start_time: datetime | None = None
    author: str = ""

    @property
    def reason_codes(self) -> frozenset[str]:
        """The codes of breaks that the site lists."""
        return frozenset(reason.code for reason in self.break_reasons)

    def wrap_up_rule(self, queue: str) -> WrapUpRule | None:
        """Returns the rule of a queue, None if there is none for it."""
        rules = {rule.queue: rule for rule in self.wrap_up_rules}
        return rules.get(queue, rules.get(""))


def _reason(code: str, names: tuple[str, str], reason_class: ReasonClass) -> BreakReason:
    is_rest = reason_class is ReasonClass.REST
    display_names = (("en", names[0]), ("zh", names[1]))
    return BreakReason(code, display_names, reason_class, paid=not is_rest, counts_as_break=is_rest)


DEFAULT_POLICY = PresencePolicy(
    precedence=DEFAULT_PRECEDENCE.ranks,
    break_reasons=(
        _reason("short-break", ("Short break", "小休"), ReasonClass.REST),
        _reason("meal", ("Meal", "用餐"), ReasonClass.REST),
        _reason("personal", ("Personal", "个人事务"), ReasonClass.REST),
        _reason("training", ("Training", "培训"), ReasonClass.WORK_AWAY),
        _reason("meeting", ("Meeting", "会议"), ReasonClass.WORK_AWAY),
        _reason("coaching", ("Coaching", "辅导"), ReasonClass.WORK_AWAY),
        _reason("task", ("Task", "其他任务"), ReasonClass.WORK_AWAY),
        _reason("missed-offer", ("Missed offer", "未接来电"), ReasonClass.MISSED_OFFER),
        _reason("technical", ("Technical trouble", "技术故障"), ReasonClass.TECHNICAL),
    ),
    wrap_up_rules=(WrapUpRule("", timedelta(seconds=60), None, LimitEnd.OVERRUN),),
    lease_rules=DEFAULT_LEASE_RULES,
    grace=DEFAULT_GRACE,
    state_log_retention_days=DEFAULT_RETENTION_DAYS,
    root_recipients=(),
)

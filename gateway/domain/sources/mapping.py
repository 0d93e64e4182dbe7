"""What the events of a vendor mean: a mapping, written as TOML and kept as data."""

import re
import tomllib
from functools import partial
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic import ValidationError as FieldErrors

from gateway.domain.sources.expressions import Expression, ExpressionRefusedError
from gateway.domain.sources.instants import ISO, UNIX_MILLISECONDS, UNIX_SECONDS

LONGEST_MAPPING = 256 * 1024
"""In bytes: some thousands of aliases and values."""

_ID = r"[a-z0-9-]{1,63}"


class MappingRefusedError(Exception):
    """Tells which settings of a mapping are missing or wrong, one line each."""


def _compile(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("write a JMESPath expression in quotes")
    try:
        return Expression.parse(value)
    except ExpressionRefusedError as error:
        raise ValueError(str(error)) from None


def _zone(value: object) -> object:
    if not isinstance(value, str) or value not in available_timezones():
        raise ValueError("write an IANA time zone, for example Asia/Shanghai")
    return ZoneInfo(value)


def _time_format(value: object) -> object:
    known = isinstance(value, str) and (
        value in (ISO, UNIX_SECONDS, UNIX_MILLISECONDS) or "%" in value
    )
    if not known:
        raise ValueError(
            f"write {ISO}, {UNIX_SECONDS}, {UNIX_MILLISECONDS} or a form in the letters of "
            "strptime, for example %Y-%m-%d %H:%M:%S"
        )
    return value


def _name_form(what: str, value: object) -> object:
    form = r"[a-z0-9-]*\{" + what + r"\}[a-z0-9-]*"
    if not isinstance(value, str) or not re.fullmatch(form, value):
        raise ValueError(f"write {{{what}}} once, with a-z, 0-9 and - around it")
    return value


def _named(value: str, what: str, form: str | None, aliases: dict[str, str]) -> str | None:
    if value in aliases:
        return aliases[value]
    name = form.replace(f"{{{what}}}", value.lower()) if form else ""
    return name if re.fullmatch(_ID, name) else None


Id = Annotated[str, StringConstraints(pattern=f"^{_ID}$")]
Query = Annotated[Expression, BeforeValidator(_compile)]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]
TimeFormat = Annotated[str, BeforeValidator(_time_format)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class EventRule(_Part):
    """Where an event's identity and time stand."""

    id: Query
    time: Query
    # Where one message holds several events; without it the message is the event.
    each: Query | None = None
    time_format: TimeFormat = ISO
    time_zone: Zone | None = None
    sequence: Query | None = None
    # What says nothing about people or contacts, as a heartbeat.
    ignore: Query | None = None


class AgentRule(_Part):
    """Who is meant: an alias names the agent; whom none names is written, in lower case, into
    `name`, and is unknown without it.
    """

    id: Query
    name: Annotated[str, BeforeValidator(partial(_name_form, "agent"))] | None = None
    aliases: dict[str, Id] = {}

    def find(self, value: str) -> str | None:
        """Returns the id of an agent; None for a value that names nobody."""
        return _named(value, "agent", self.name, self.aliases)


class StateMeaning(_Part):
    """What a vendor's value of a state means."""

    state: Literal["ONLINE", "BUSY", "WRAP_UP", "BREAK", "OFFLINE", "UNOBSERVED"]
    reason: Id | Literal[""] = ""
    activity: Literal[
        "", "RINGING", "TALKING", "HOLD", "OUTBOUND", "CHATTING", "TRAVELLING", "ON_SITE", "WORKING"
    ] = ""

    @model_validator(mode="after")
    def _check(self) -> "StateMeaning":
        if (self.state == "BREAK") != bool(self.reason):
            raise ValueError("a BREAK has a reason, and no other state has one")
        if self.activity and self.state != "BUSY":
            raise ValueError("only BUSY has an activity")
        return self


class StateRule(_Part):
    """Which state an event tells. Of several rules the first whose `when` holds is taken."""

    value: Query
    values: dict[str, StateMeaning] = Field(min_length=1)
    when: Query | None = None
    contacts: Query | None = None
    queue: Query | None = None


class ContactMeaning(_Part):
    """What a vendor's value of a contact means."""

    kind: Literal[
        "ENQUEUED",
        "RINGING",
        "ANSWERED",
        "HELD",
        "RESUMED",
        "TRANSFERRED",
        "LEG_ENDED",
        "ABANDONED",
        "TIMED_OUT",
        "OVERFLOWED",
        "CALLBACK",
        "ENDED",
        "WRAPPED_UP",
    ]
    ended_by: Literal["", "CUSTOMER", "AGENT", "SYSTEM"] = ""

    @model_validator(mode="after")
    def _check(self) -> "ContactMeaning":
        if self.ended_by and self.kind != "ENDED":
            raise ValueError("only ENDED tells who ended it")
        return self


class ContactRule(_Part):
    """What an event tells of contacts. Every rule whose `when` holds is taken; with `each`, once
    for everything that it finds, and then all other expressions look there.
    """

    id: Query
    value: Query
    values: dict[str, ContactMeaning] = Field(min_length=1)
    when: Query | None = None
    each: Query | None = None
    # What tells one event of a contact from another; the id of the event if absent.
    key: Query | None = None
    time: Query | None = None
    # How `time` is written, if not as the event's.
    time_format: TimeFormat | None = None
    # Values that say nothing.
    ignored: frozenset[str] = frozenset()
    # Whether the agent of the event takes part.
    with_agent: bool = True
    queue: Query | None = None
    target_queue: Query | None = None
    channel: Query | None = None
    channels: dict[str, Literal["CALL", "CHAT", "MAIL"]] = {}
    direction: Query | None = None
    directions: dict[str, Literal["INBOUND", "OUTBOUND", "INTERNAL"]] = {}


class QueueRule(_Part):
    """Which queue is meant, found like agents."""

    name: Annotated[str, BeforeValidator(partial(_name_form, "queue"))] | None = None
    aliases: dict[str, Id] = {}

    def find(self, value: str) -> str | None:
        """Returns the id of a queue; None for a value that names none."""
        return _named(value, "queue", self.name, self.aliases)


class SourceMapping(_Part):
    """Everything that a translation needs to know about a vendor's events."""

    events: EventRule
    agents: AgentRule
    queues: QueueRule = QueueRule()
    states: tuple[StateRule, ...] = Field(default=(), max_length=50)
    contacts: tuple[ContactRule, ...] = Field(default=(), max_length=50)

    @model_validator(mode="after")
    def _check(self) -> "SourceMapping":
        if not self.states and not self.contacts:
            raise ValueError("write at least one [[states]] or [[contacts]]")
        return self


def parse_mapping(text: str) -> SourceMapping:
    """Reads a mapping; MappingRefusedError names every setting that is missing, unknown or
    wrong.
    """
    if len(text.encode("utf-8", "surrogatepass")) > LONGEST_MAPPING:
        raise MappingRefusedError(f"longer than {LONGEST_MAPPING} bytes")
    try:
        return SourceMapping.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise MappingRefusedError(f"not TOML: {error}") from None
    except FieldErrors as error:
        raise MappingRefusedError("\n".join(map(_fault_line, error.errors()))) from None


def _fault_line(fault: Any) -> str:
    place = ".".join(str(part) for part in fault["loc"]) or "mapping"
    return f"{place}: {fault['msg'].removeprefix('Value error, ')}"

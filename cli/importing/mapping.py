"""What the columns of a file mean: the parts of mappings, and the mapping of calls, from TOML."""

import re
import tomllib
from datetime import date, timedelta
from typing import Annotated, Any, Literal, Self, TypeVar
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

_SECONDS = {"s": 1, "m": 60, "h": 3600}

_Mapping = TypeVar("_Mapping", bound=BaseModel)

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,63}$")]
Label = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Column = Annotated[str, StringConstraints(min_length=1)]


class MappingRefusedError(Exception):
    """Tells which settings of a mapping are missing or wrong, one line each."""


def _parse_span(value: object) -> object:
    match = re.fullmatch(r"(\d{1,6})([smh])", value) if isinstance(value, str) else None
    if match is None:
        raise ValueError("write a span as a number and s, m or h, for example 15m")
    return timedelta(seconds=int(match[1]) * _SECONDS[match[2]])


def _check_zone(value: object) -> object:
    if not isinstance(value, str) or value not in available_timezones():
        raise ValueError("write an IANA time zone, for example Asia/Jerusalem")
    return value


Span = Annotated[timedelta, BeforeValidator(_parse_span)]
Zone = Annotated[str, BeforeValidator(_check_zone)]


class Part(BaseModel):
    """A part of a mapping: what it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _check_encoding(value: object) -> object:
    try:
        # What is no encoding of text (packing, quoting) cannot decode nothing either.
        if isinstance(value, str) and b"".decode(value) == "":
            return value
    except (LookupError, ValueError):
        # Refused below, as what decodes to something else is.
        pass
    raise ValueError("write an encoding of text, for example utf-8, gb18030 or utf-16")


class FileRule(Part):
    """How the file is written; all of it can be left out for a CSV file of UTF-8 text."""

    encoding: Annotated[str, BeforeValidator(_check_encoding)] = "utf-8-sig"
    # One character; without it the one of , ; | and tab that the header has most of.
    delimiter: Annotated[str, StringConstraints(pattern=r'^[^\r\n"]$')] | None = None
    # The sheet of a workbook; its first one without it.
    sheet: str | None = None
    header_line: int = Field(default=1, ge=1, le=1000)


class ProtectionChoice(Part):
    """How the people of a site that is created are protected, and who agreed to that."""

    rule_set: Literal["strict", "standard"]
    agreed_by: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    agreement_date: date


class SiteRule(Part):
    """The site that the calls belong to."""

    id: Id
    # With a display name the import creates the site and the agents; without one they must exist.
    display_name: Label | None = None
    # Without it a site that is created is strict until somebody chooses.
    protection: ProtectionChoice | None = None


class TeamRule(Part):
    """The team that agents who are created join."""

    id: Id
    display_name: Label


class AgentRule(Part):
    """How an agent is named; `{agent}` stands for the cell of the agent's column."""

    id: str = "{agent}"
    display_name: str = "{agent}"
    missing: tuple[str, ...] = ("",)


class Columns(Part):
    """Which column of the file holds what."""

    date: Column
    start: Column
    end: Column
    agent: Column
    contact: tuple[Column, ...] = Field(min_length=1)
    arrival: Column | None = None
    length_seconds: Column | None = None
    queue: Column | None = None
    wait_seconds: Column | None = None

    def times(self) -> tuple[str, ...]:
        """The columns that tell when a call was."""
        named = (self.date, self.start, self.end, self.arrival, self.length_seconds)
        return tuple(column for column in named if column is not None)


class Formats(Part):
    """How dates and clock times are written, in the letters of strftime."""

    date: str = "%Y-%m-%d"
    clock: str = "%H:%M:%S"
    # The clock time that stands for "not known" where start and end both show it.
    no_clock: str | None = None


class ServedRule(Part):
    """Which rows are calls that an agent served."""

    column: Column
    values: tuple[str, ...] = Field(min_length=1)


class QueueRule(Part):
    """How a queue is named; `{queue}` stands for the cell of the queue's column, in small letters.

    Its characters that are none of an id become hyphens.
    """

    id: str = "{queue}"


class AbandonedRule(ServedRule):
    """Which rows are customers who left a queue before an agent answered, and when they left."""

    left: Column


class CallRule(Part):
    """How calls are judged and what lies between them."""

    longest: Span = timedelta(hours=12)
    identical_lines: Literal["same_call", "separate_calls"] = "same_call"
    activity: Literal["UNSPECIFIED", "TALKING", "CHATTING", "OUTBOUND", "WORKING"] = "TALKING"
    between_calls: Literal["ONLINE", "UNOBSERVED"] = "UNOBSERVED"
    session_gap: Span = timedelta(minutes=15)


class Mapping(Part):
    """Everything that the import needs to know about a file of calls."""

    kind: Literal["calls"] = "calls"
    file: FileRule = FileRule()
    source: Id
    time_zone: Zone
    site: SiteRule
    team: TeamRule | None = None
    agent: AgentRule = AgentRule()
    columns: Columns
    formats: Formats = Formats()
    served: ServedRule | None = None
    queue: QueueRule = QueueRule()
    abandoned: AbandonedRule | None = None
    calls: CallRule = CallRule()

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.abandoned is not None and self.columns.queue is None:
            raise ValueError("abandoned: give columns.queue, the queue that they left")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose clock the file shows."""
        return ZoneInfo(self.time_zone)

    def meanings(self) -> dict[str, str]:
        """What each column without which the file cannot be read stands for."""
        meanings = meanings_of(self.columns)
        if self.served is not None:
            meanings.setdefault(self.served.column, "served")
        if self.abandoned is not None:
            meanings.setdefault(self.abandoned.column, "abandoned")
            meanings.setdefault(self.abandoned.left, "left")
        return meanings


def meanings_of(columns: BaseModel) -> dict[str, str]:
    """Returns what each column stands for, of a part that holds columns by their meaning."""
    meanings: dict[str, str] = {}
    for meaning, named in columns:
        for column in (named,) if isinstance(named, str) else named or ():
            meanings[column] = f"{meanings[column]}, {meaning}" if column in meanings else meaning
    return meanings


def parse_toml(text: str) -> dict[str, Any]:
    """Reads TOML; MappingRefusedError says where it is none."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingRefusedError(f"not TOML: {error}") from error
    except RecursionError as error:
        raise MappingRefusedError("not a mapping: nested too deeply") from error


def check_mapping(kind: type[_Mapping], settings: dict[str, Any]) -> _Mapping:
    """Reads the settings of a kind; MappingRefusedError names every one that is missing, unknown or
    wrong.
    """
    try:
        return kind.model_validate(settings)
    except FieldErrors as error:
        lines = (
            f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
            for fault in error.errors()
        )
        raise MappingRefusedError("\n".join(lines)) from error


def parse_mapping(text: str) -> Mapping:
    """Reads a mapping of calls; MappingRefusedError names every setting that is wrong."""
    return check_mapping(Mapping, parse_toml(text))

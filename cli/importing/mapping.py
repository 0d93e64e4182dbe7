"""What the columns of a file of calls mean: a mapping, read from TOML."""

import re
import tomllib
from datetime import timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic import ValidationError as FieldErrors

_SECONDS = {"s": 1, "m": 60, "h": 3600}

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
    if value not in available_timezones():
        raise ValueError("write an IANA time zone, for example Asia/Jerusalem")
    return value


Span = Annotated[timedelta, BeforeValidator(_parse_span)]
Zone = Annotated[str, BeforeValidator(_check_zone)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SiteRule(_Part):
    """The site that the calls belong to."""

    id: Id
    # With a display name the import creates the site and the agents; without one they must exist.
    display_name: Label | None = None


class TeamRule(_Part):
    """The team that agents who are created join."""

    id: Id
    display_name: Label


class AgentRule(_Part):
    """How an agent is named; `{agent}` stands for the cell of the agent's column."""

    id: str = "{agent}"
    display_name: str = "{agent}"
    missing: tuple[str, ...] = ("",)


class Columns(_Part):
    """Which column of the file holds what."""

    date: Column
    start: Column
    end: Column
    agent: Column
    contact: tuple[Column, ...] = Field(min_length=1)
    arrival: Column | None = None
    length_seconds: Column | None = None

    def all(self) -> tuple[str, ...]:
        """All columns that the file must have."""
        single = (self.date, self.start, self.end, self.agent, self.arrival, self.length_seconds)
        return (*(column for column in single if column is not None), *self.contact)


class Formats(_Part):
    """How dates and clock times are written, in the letters of strftime."""

    date: str = "%Y-%m-%d"
    clock: str = "%H:%M:%S"
    # The clock time that stands for "not known" where start and end both show it.
    no_clock: str | None = None


class ServedRule(_Part):
    """Which rows are calls that an agent served."""

    column: Column
    values: tuple[str, ...] = Field(min_length=1)


class CallRule(_Part):
    """How calls are judged and what lies between them."""

    longest: Span = timedelta(hours=12)
    identical_lines: Literal["same_call", "separate_calls"] = "same_call"
    activity: Literal["UNSPECIFIED", "TALKING", "CHATTING", "OUTBOUND", "WORKING"] = "TALKING"
    between_calls: Literal["ONLINE", "UNOBSERVED"] = "UNOBSERVED"
    session_gap: Span = timedelta(minutes=15)


class Mapping(_Part):
    """Everything that the import needs to know about a file of calls."""

    source: Id
    time_zone: Zone
    site: SiteRule
    team: TeamRule | None = None
    agent: AgentRule = AgentRule()
    columns: Columns
    formats: Formats = Formats()
    served: ServedRule | None = None
    calls: CallRule = CallRule()

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose clock the file shows."""
        return ZoneInfo(self.time_zone)

    def needed_columns(self) -> tuple[str, ...]:
        """The columns without which the file cannot be read, each once."""
        served = () if self.served is None else (self.served.column,)
        return tuple(dict.fromkeys((*self.columns.all(), *served)))


def parse_mapping(text: str) -> Mapping:
    """Read a mapping; MappingRefusedError names every setting that is missing, unknown or wrong."""
    try:
        return Mapping.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise MappingRefusedError(f"not TOML: {error}") from error
    except FieldErrors as error:
        lines = (
            f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
            for fault in error.errors()
        )
        raise MappingRefusedError("\n".join(lines)) from error

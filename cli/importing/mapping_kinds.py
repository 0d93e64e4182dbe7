"""The mappings of states, agents and shifts, and how a mapping of any kind is read."""

import re
from datetime import timedelta
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from cli.importing.mapping import (
    AgentRule,
    Column,
    FileRule,
    Formats,
    Id,
    Mapping,
    MappingRefusedError,
    Part,
    SiteRule,
    Span,
    TeamRule,
    Zone,
    check_mapping,
    meanings_of,
    parse_toml,
)

KindName = Literal["BREAK", "MEAL", "TRAINING", "MEETING", "COACHING", "TASK"]

_STATES = ("ONLINE", "BUSY", "WRAP_UP", "BREAK", "OFFLINE", "UNOBSERVED")
_ACTIVITIES = ("TALKING", "RINGING", "HOLD", "OUTBOUND", "CHATTING", "TRAVELLING", "ON_SITE")
_REASON = re.compile(r"[a-z0-9-]{1,63}")
_CODE = re.compile(r"(\d{1,2}:\d\d)-(\d{1,2}:\d\d)")


def _parse_state(value: object) -> object:
    state, _, more = value.partition("/") if isinstance(value, str) else ("", "", "")
    if state == "BREAK" and _REASON.fullmatch(more):
        return state, more
    if (state == "BUSY" and more in ("", "WORKING", *_ACTIVITIES)) or (
        state in _STATES and state != "BREAK" and not more
    ):
        return state, more
    raise ValueError("write a state such as ONLINE, BUSY/TALKING or BREAK/short-break")


def _parse_code(value: object) -> object:
    match = _CODE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError("write the shift of a code as start and end, for example 09:00-18:00")
    return match[1], match[2]


StateValue = Annotated[tuple[str, str], BeforeValidator(_parse_state)]
CodeValue = Annotated[tuple[str, str], BeforeValidator(_parse_code)]


class InstantFormats(Formats):
    """How dates, clock times, and both in one cell are written, in the letters of strftime."""

    instant: str = "%Y-%m-%d %H:%M:%S"


class StateColumns(Part):
    """Which column of a file of states holds what.

    With `start` and `end` a row is a stretch, with `time` the instant of a change. With `date`,
    times are clock times of that day.
    """

    agent: Column
    state: Column
    time: Column | None = None
    start: Column | None = None
    end: Column | None = None
    date: Column | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.time is None) == (self.start is None or self.end is None):
            raise ValueError("give either time, or start and end")
        if self.time is not None and (self.start is not None or self.end is not None):
            raise ValueError("give either time, or start and end")
        return self


class StateRule(Part):
    """What the values of the column of states mean."""

    values: dict[str, StateValue] = Field(min_length=1)
    ignored: tuple[str, ...] = ()
    # How long a state lasts at most that no later row ends; then nobody knows.
    longest: Span = timedelta(hours=12)


class StatesMapping(Part):
    """Everything that the import needs to know about a file of states."""

    kind: Literal["states"]
    file: FileRule = FileRule()
    source: Id
    time_zone: Zone
    site: SiteRule
    team: TeamRule | None = None
    agent: AgentRule = AgentRule()
    columns: StateColumns
    formats: InstantFormats = InstantFormats()
    states: StateRule

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose clock the file shows."""
        return ZoneInfo(self.time_zone)

    def meanings(self) -> dict[str, str]:
        """What each column without which the file cannot be read stands for."""
        return meanings_of(self.columns)


class AgentColumns(Part):
    """Which column of a file of agents holds what."""

    agent: Column
    display_name: Column
    team: Column | None = None
    skills: Column | None = None


class NamedRule(Part):
    """A line of business or a skill, with its names by language."""

    id: Id
    display_names: dict[str, Annotated[str, StringConstraints(min_length=1, max_length=60)]] = (
        Field(min_length=1, max_length=20)
    )


class TeamCells(TeamRule):
    """A team, the line of business for which it works, and the cells that name it."""

    cells: tuple[str, ...] = Field(min_length=1)
    line: Id | None = None


class SkillCells(NamedRule):
    """A skill, the words of a cell that name it, and the level of those who are told none."""

    cells: tuple[str, ...] = Field(min_length=1)
    level: Annotated[int, Field(ge=1, le=5)] = 3


class AgentsMapping(Part):
    """Everything that the import needs to know about a file of agents."""

    kind: Literal["agents"]
    file: FileRule = FileRule()
    # With a display name and a zone the site is created.
    site: SiteRule
    time_zone: Zone | None = None
    # Lines that are not named here must exist.
    lines: tuple[NamedRule, ...] = ()
    teams: tuple[TeamCells, ...] = ()
    skills: tuple[SkillCells, ...] = ()
    agent: AgentRule = AgentRule()
    columns: AgentColumns

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.site.display_name is not None and self.time_zone is None:
            raise ValueError("time_zone: a site that is created needs one")
        if self.columns.team is not None and not self.teams:
            raise ValueError("teams: name the teams that the column of teams names")
        if self.columns.skills is not None and not self.skills:
            raise ValueError("skills: name the skills that the column of skills names")
        return self

    def meanings(self) -> dict[str, str]:
        """What each column without which the file cannot be read stands for."""
        return meanings_of(self.columns)


class ShiftColumns(Part):
    """Which column of a file of shifts holds what.

    With `date`, start and end are clock times; without it they hold day and time. A `code` stands
    for start and end.
    """

    agent: Column
    id: Column | None = None
    date: Column | None = None
    start: Column | None = None
    end: Column | None = None
    code: Column | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        timed = self.start is not None and self.end is not None
        if (self.code is not None) == timed or (self.start is None) != (self.end is None):
            raise ValueError("give either start and end, or code")
        if self.code is not None and self.date is None:
            raise ValueError("date: a code needs the day")
        return self


class ActivityColumns(Part):
    """The columns of an activity within the shift; where both cells are empty there is none."""

    kind: KindName
    start: Column
    end: Column


class ShiftRule(Part):
    """What codes stand for, and which cells of start or code say that the day is off."""

    codes: dict[str, CodeValue] = Field(default_factory=dict)
    off: tuple[str, ...] = ("",)
    longest: Span = timedelta(hours=24)


class ShiftsMapping(Part):
    """Everything that the import needs to know about a file of shifts."""

    kind: Literal["shifts"]
    file: FileRule = FileRule()
    site: SiteRule
    time_zone: Zone
    agent: AgentRule = AgentRule()
    columns: ShiftColumns
    activities: tuple[ActivityColumns, ...] = Field(default=(), max_length=20)
    formats: InstantFormats = InstantFormats()
    shifts: ShiftRule = ShiftRule()

    def meanings(self) -> dict[str, str]:
        """What each column without which the file cannot be read stands for."""
        meanings = meanings_of(self.columns)
        for activity in self.activities:
            meanings |= {
                activity.start: f"{activity.kind} start",
                activity.end: f"{activity.kind} end",
            }
        return meanings


AnyMapping = Mapping | StatesMapping | AgentsMapping | ShiftsMapping

KINDS: dict[str, type[AnyMapping]] = {
    "calls": Mapping,
    "states": StatesMapping,
    "agents": AgentsMapping,
    "shifts": ShiftsMapping,
}


def parse_any_mapping(text: str) -> AnyMapping:
    """Reads a mapping of the kind that it names; without a kind, of calls.

    MappingRefusedError names every setting that is missing, unknown or wrong.
    """
    settings = parse_toml(text)
    kind = settings.get("kind", "calls")
    if not isinstance(kind, str) or kind not in KINDS:
        raise MappingRefusedError(f"kind: write one of {', '.join(KINDS)}")
    return check_mapping(KINDS[kind], settings)

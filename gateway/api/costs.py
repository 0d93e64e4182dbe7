"""What a call costs its caller: a class for each method, and the tokens of each class."""

from enum import StrEnum
from types import MappingProxyType

from gateway.api.catalogue import Catalogue, Method

_DISPATCH = "/muster.dispatch.v1.ContactService"
_BOARD = "/muster.gateway.v1.BoardService"
_PRESENCE = "/muster.presence.v1.PresenceService"
_SOURCES = "/muster.presence.v1.SourceService"
_TIMELINES = "/muster.presence.v1.TimelineService"
_ROSTER = "/muster.roster.v1.RosterService"
_SHIFTS = "/muster.roster.v1.ShiftService"


class Cost(StrEnum):
    """A class of calls."""

    REPORT = "report"
    READ = "read"
    CHANGE = "change"
    HEAVY = "heavy"
    EXPORT = "export"


TOKENS = MappingProxyType(
    {
        # Sources report what has happened already; presence and dispatch bound how much waits.
        Cost.REPORT: 0.1,
        Cost.READ: 1.0,
        Cost.CHANGE: 2.0,
        Cost.HEAVY: 10.0,
        Cost.EXPORT: 50.0,
    }
)
"""The tokens that a call of each class takes."""

TOGETHER = frozenset({Cost.HEAVY, Cost.EXPORT})
"""The classes of which one caller may have a few calls in hand at once."""

_NAMED = MappingProxyType(
    {
        f"{_PRESENCE}/ReportStates": Cost.REPORT,
        f"{_SOURCES}/Heartbeat": Cost.REPORT,
        f"{_SOURCES}/StreamReports": Cost.REPORT,
        f"{_DISPATCH}/ReportContacts": Cost.REPORT,
        f"{_BOARD}/GetHeatmap": Cost.HEAVY,
        f"{_BOARD}/GetTeamStrips": Cost.HEAVY,
        f"{_TIMELINES}/GetSiteTimelines": Cost.HEAVY,
        f"{_TIMELINES}/GetStrips": Cost.HEAVY,
        f"{_TIMELINES}/GetHeatmapCells": Cost.HEAVY,
        f"{_ROSTER}/ApplyRoster": Cost.HEAVY,
        f"{_SHIFTS}/ApplyShifts": Cost.HEAVY,
        f"{_BOARD}/ExportHeatmap": Cost.EXPORT,
        "/muster.gateway.v1.AuditService/ExportAuditLog": Cost.EXPORT,
        "/muster.presence.v1.RecordService/ReadChain": Cost.EXPORT,
    }
)


def cost_of(method: Method) -> Cost:
    """Returns the class of a method; of one that is not named, by what it may do."""
    is_read = method.rule is None or method.rule.WhichOneof("pattern") == "get"
    return _NAMED.get(method.path, Cost.READ if is_read else Cost.CHANGE)


def unknown_methods(catalogue: Catalogue) -> tuple[str, ...]:
    """Returns the named methods that do not exist."""
    return tuple(path for path in _NAMED if path not in catalogue)

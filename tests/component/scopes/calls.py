"""What a viewer asks: a request for every public method, or the reason why there is none."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from google.protobuf.message import Message
from muster.gateway.v1 import board_service_pb2

from gateway.api.catalogue import Method
from tests.component.scopes.recording import HOUR, NOW, stamp

GHOST = "agents/who999999"
"""Somebody who never was."""

Fill = Callable[[Any, "Target"], None]


@dataclass(frozen=True)
class Target:
    """What a request is about: a site, somebody, and from when on."""

    site: str
    agent: str
    start: datetime

    @property
    def is_past(self) -> bool:
        return self.start < NOW - timedelta(days=1)

    @property
    def words(self) -> tuple[str, ...]:
        """What the viewer says herself, which is no secret to her."""
        return (self.agent.removeprefix("agents/"),)


def now_of(site: str, agent: str) -> Target:
    return Target(site, agent, NOW - 4 * HOUR)


def past_of(site: str, agent: str) -> Target:
    return Target(site, agent, NOW - timedelta(days=3) - 4 * HOUR)


def request_of(method: Method, target: Target) -> Message | None:
    """What to ask of a method about somebody or something; None for what tells of nobody."""
    fill = TABLE[method.path]
    if isinstance(fill, str):
        return None
    message: Any = method.request()
    _fill_usual(message, target)
    fill(message, target)
    return message  # type: ignore[no-any-return]  # of a class made at run time


def _fill_usual(message: Any, target: Target) -> None:
    """Fills the fields that mean the same everywhere."""
    usual: Mapping[str, Any] = {
        "site": target.site,
        "agent": target.agent,
        "time_zone": "UTC",
        "zone": "UTC",
        "page_size": 1_000,
        "request_id": str(uuid4()),
    }
    fields = message.DESCRIPTOR.fields_by_name
    for name, value in usual.items():
        if name in fields:
            setattr(message, name, value)
    for name, instant in (("start_time", target.start), ("end_time", target.start + 6 * HOUR)):
        if name in fields:
            getattr(message, name).CopyFrom(stamp(instant))


def _as_it_is(_message: Any, _target: Target) -> None:
    """Asks with the usual fields alone."""


def _of_site(message: Any, _target: Target) -> None:
    """Asks for everybody of the site."""
    message.ClearField("agent")


def _named(what: str) -> Fill:
    def fill(message: Any, target: Target) -> None:
        message.name = getattr(target, what)

    return fill


def _cells(message: Any, target: Target) -> None:
    message.start_time.CopyFrom(stamp(target.start))


def _selecting(message: Any, target: Target) -> None:
    message.selection.time_zone = "UTC"
    message.selection.start_time.CopyFrom(stamp(target.start))
    message.selection.end_time.CopyFrom(stamp(target.start + 6 * HOUR))


def _export(message: Any, target: Target) -> None:
    _of_site(message, target)
    _selecting(message, target)
    message.format = board_service_pb2.ExportHeatmapRequest.FORMAT_CSV


def _receipt(message: Any, target: Target) -> None:
    message.day = (target.start + 2 * HOUR).date().isoformat()


def _queues(message: Any, target: Target) -> None:
    message.queues.add(name=f"{target.site}/queues/evil")


def _watch(message: Any, target: Target) -> None:
    message.after.site, message.after.epoch = target.site, 1


def _report(message: Any, target: Target) -> None:
    message.source, message.source_kind = "evil", 2
    message.reports.add(
        agent=target.agent, event_id="evil", state=4, reason="evil", occurred_time=stamp(NOW)
    )


def _amend(message: Any, target: Target) -> None:
    message.end_time.CopyFrom(stamp(target.start + HOUR))
    message.state, message.reason, message.text = 4, "evil", "evil"


def _accept(message: Any, target: Target) -> None:
    message.source, message.event_id = "pbx", "e2-0"
    message.occurred_time.CopyFrom(stamp(NOW - 2 * HOUR))


def _extend(message: Any, _target: Target) -> None:
    message.duration.FromTimedelta(HOUR)
    message.reason, message.text = "evil", "evil"


def _erase(message: Any, _target: Target) -> None:
    message.reason = "evil"


def _beat(message: Any, target: Target) -> None:
    message.source, message.source_kind = "evil", 1
    message.agents.append(target.agent)


def _stream(message: Any, _target: Target) -> None:
    message.open.source, message.open.source_kind = "pbx", 3


def _contacts(message: Any, target: Target) -> None:
    message.source, message.source_kind = "evil", 1
    message.events.add(
        event_id="evil", contact_id="evil", kind=3, agent=target.agent, occurred_time=stamp(NOW)
    )


def _hire(message: Any, target: Target) -> None:
    message.agents.add(name=target.agent, display_name="evil", site=target.site)


def _publish(message: Any, target: Target) -> None:
    day = {"year": NOW.year, "month": NOW.month, "day": NOW.day}
    shift = message.shifts.add(name=f"shifts/evil{uuid4().hex[:8]}", agent=target.agent)
    for name, hours in (("local_start", 1), ("local_end", 2)):
        local = getattr(shift, name)
        local.year, local.month, local.day, local.hours = *day.values(), hours


def _policy(message: Any, target: Target) -> None:
    message.policy.site = target.site
    message.policy.version = 99


_ACCOUNTS = "/muster.gateway.v1.AccountService"
_BOARD = "/muster.gateway.v1.BoardService"
_PROTECTION = "/muster.gateway.v1.ProtectionService"
_PRESENCE, _TIMELINES = "/muster.presence.v1.PresenceService", "/muster.presence.v1.TimelineService"
_RECORD, _SOURCES = "/muster.presence.v1.RecordService", "/muster.presence.v1.SourceService"
_CONTACTS = "/muster.dispatch.v1.ContactService"
_ROSTER, _SHIFTS = "/muster.roster.v1.RosterService", "/muster.roster.v1.ShiftService"

READS: Mapping[str, Fill] = {
    f"{_ACCOUNTS}/GetMyAccount": _as_it_is,
    f"{_ACCOUNTS}/ListAccounts": _as_it_is,
    f"{_BOARD}/GetHeatmap": _as_it_is,
    f"{_BOARD}/GetTeamStrips": _selecting,
    f"{_BOARD}/GetWaiting": _as_it_is,
    f"{_BOARD}/GetAgentDay": _as_it_is,
    f"{_BOARD}/ExportHeatmap": _export,
    "/muster.gateway.v1.AuditService/ListAuditEntries": _as_it_is,
    "/muster.gateway.v1.WallService/GetWall": _as_it_is,
    "/muster.gateway.v1.AuditService/ListMyLooks": _as_it_is,
    f"{_CONTACTS}/ListContacts": _of_site,
    f"{_CONTACTS}/ListAgentContacts": _as_it_is,
    f"{_CONTACTS}/ListQueues": _as_it_is,
    f"{_CONTACTS}/GetQueueFigures": _as_it_is,
    f"{_CONTACTS}/WatchQueueFigures": _as_it_is,
    f"{_PRESENCE}/ListStateLog": _as_it_is,
    f"{_TIMELINES}/ListAgentStates": _as_it_is,
    f"{_TIMELINES}/WatchAgentStates": _watch,
    f"{_TIMELINES}/GetSiteTimelines": _as_it_is,
    f"{_TIMELINES}/GetStrips": _as_it_is,
    f"{_TIMELINES}/GetHeatmapCells": _cells,
    f"{_TIMELINES}/GetAgentTimeline": _as_it_is,
    "/muster.presence.v1.PolicyService/GetPresencePolicy": _as_it_is,
    f"{_RECORD}/GetReceipt": _receipt,
    f"{_RECORD}/ListCheckpoints": _as_it_is,
    f"{_RECORD}/ListDailyRoots": _as_it_is,
    f"{_SOURCES}/ListSources": _as_it_is,
    f"{_SOURCES}/StreamReports": _stream,
    f"{_ROSTER}/ListSites": _as_it_is,
    f"{_ROSTER}/GetSite": _named("site"),
    f"{_ROSTER}/ListTeams": _as_it_is,
    f"{_ROSTER}/GetAgent": _named("agent"),
    f"{_ROSTER}/ListAgents": _as_it_is,
    f"{_SHIFTS}/ListShifts": _of_site,
    f"{_SHIFTS}/GetPlannedHeadcount": _as_it_is,
}
CHANGES: Mapping[str, Fill] = {
    f"{_CONTACTS}/ReportContacts": _contacts,
    f"{_CONTACTS}/ApplyQueues": _queues,
    f"{_PRESENCE}/ReportStates": _report,
    f"{_PRESENCE}/AmendStates": _amend,
    f"{_PRESENCE}/AcceptClaim": _accept,
    "/muster.presence.v1.PolicyService/UpdatePresencePolicy": _policy,
    f"{_RECORD}/EraseAgent": _erase,
    f"{_SOURCES}/Heartbeat": _beat,
    f"{_SOURCES}/ExtendWrapUp": _extend,
    f"{_ROSTER}/ApplyRoster": _hire,
    f"{_SHIFTS}/ApplyShifts": _publish,
}
"""Asked about whoever is out of sight alone: they change nothing and tell nothing."""

_OWN = "is about the caller herself or signs her in"
_ACCESS = "is about who may do what; no row of an agent's"
_PLATFORM = "is about what another platform pushes, for those who see its whole site"
_AGREED = "is about what was agreed at a site; no row of an agent's"
_NOT_PEOPLE = "tells of no people"
_PLAYED = "plays on the demo floor, of which this tree has none"
_BY_NAME = "is asked with the names that lists tell, below"

SPARED: Mapping[str, str] = {
    **{
        f"{_ACCOUNTS}/{name}": _OWN
        for name in (
            "CreateSession",
            "DeleteSession",
            "RedeemOneTimeCode",
            "ChangeMyPassword",
            "ListMySessions",
            "EndMySession",
            "ListSignInProviders",
        )
    },
    **{
        f"{_ACCOUNTS}/{name}": _ACCESS
        for name in (
            "ApplyAccounts",
            "CreateOneTimeCode",
            "GetAccount",
            "UpdateAccount",
            "DisableAccount",
            "EnableAccount",
            "ListSessions",
            "EndSessions",
        )
    },
    **{
        f"/muster.gateway.v1.RoleService/{name}": _ACCESS
        for name in (
            "ListPermissions",
            "ListRoles",
            "GetRole",
            "CreateRole",
            "UpdateRole",
            "DeleteRole",
        )
    },
    **{
        f"/muster.gateway.v1.ServiceAccountService/{name}": _ACCESS
        for name in (
            "CreateServiceAccount",
            "GetServiceAccount",
            "ListServiceAccounts",
            "UpdateServiceAccount",
            "DeleteServiceAccount",
            "CreateServiceAccountToken",
            "ListServiceAccountTokens",
            "DeleteServiceAccountToken",
        )
    },
    **{
        f"/muster.gateway.v1.SourceService/{name}": _PLATFORM
        for name in (
            "CreateSource",
            "GetSource",
            "ListSources",
            "UpdateSource",
            "RotateSourceSecret",
            "CreateSourceMapping",
            "ListSourceMappings",
            "ActivateSourceMapping",
            "TestSourceMapping",
            "ListSourceUnknowns",
            "ListSourceEvents",
            "RetrySourceEvents",
        )
    },
    **{
        f"{_PROTECTION}/{name}": _AGREED
        for name in (
            "GetProtectionProfile",
            "UpdateProtectionProfile",
            "ListProtectionProfileVersions",
            "ConfirmProtectionProfile",
            "ListProtectionConfirmations",
            "ListProtectionRuleSets",
        )
    },
    "/muster.gateway.v1.AuditService/ExportAuditLog": "is the whole log, for those who see all",
    f"{_CONTACTS}/GetContact": _BY_NAME,
    f"{_CONTACTS}/OpenRecording": _BY_NAME,
    f"{_CONTACTS}/ListRecordingAccesses": _BY_NAME,
    f"{_RECORD}/GetDailyRoot": _NOT_PEOPLE,
    f"{_RECORD}/ReadChain": "is the whole record of a site, for its auditors alone",
    "/muster.gateway.v1.OperationsService/GetOperations": _NOT_PEOPLE,
    **{
        f"/muster.floor.v1.FloorService/{name}": _PLAYED
        for name in ("GetFloor", "StartSurge", "StartOutage", "StartSignIn")
    },
    f"{_ROSTER}/ListLines": _NOT_PEOPLE,
    f"{_ROSTER}/ListSkills": _NOT_PEOPLE,
}
"""What no request is made for, with the reason."""

TABLE: Mapping[str, Fill | str] = {**READS, **CHANGES, **SPARED}


def missing_from_the_table(catalogue: Mapping[str, Method]) -> Iterator[str]:
    """Yields public methods of which this table knows nothing, and known ones that are gone."""
    yield from sorted(catalogue.keys() ^ TABLE.keys())

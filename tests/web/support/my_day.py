"""The day of the agent who is signed in, and what she says and reads of herself, by script."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from google.protobuf.duration_pb2 import Duration
from google.protobuf.json_format import MessageToDict
from google.type.date_pb2 import Date
from muster.dispatch.v1.contact_pb2 import Channel, Contact, Direction
from muster.dispatch.v1.contact_service_pb2 import ListContactsResponse
from muster.gateway.v1.audit_service_pb2 import ListMyLooksResponse
from muster.gateway.v1.board_service_pb2 import AgentDay
from muster.gateway.v1.protection_service_pb2 import ProtectionProfile, ProtectionRules
from muster.presence.v1.policy_service_pb2 import BreakReason, PresencePolicy, TrackKind
from muster.presence.v1.state_pb2 import SourceKind, State
from muster.roster.v1.shift_pb2 import Activity, Shift
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

DAY = date(2026, 3, 10)
ZONE = ZoneInfo("Europe/Madrid")
PHONE = "pbx-1"
PAGE = "my-day-0a1b2c3d"
_TELEPHONY, _PERSON = TrackKind.TRACK_KIND_TELEPHONY, TrackKind.TRACK_KIND_PERSON


def a_strict_profile() -> ProtectionProfile:
    """Returns a profile that was agreed on."""
    rules = ProtectionRules(
        history_audience=ProtectionRules.HISTORY_AUDIENCE_DIRECT_LEAD,
        purpose_required=True,
        smallest_group=5,
    )
    return ProtectionProfile(
        name="sites/harbour/protectionProfile",
        version=2,
        rule_set="strict",
        agreed_by="works council and employer",
        rules=rules,
        rules_in_force=rules,
    )


@dataclass
class OwnDay:
    """What the gateway answers to the agent herself, and what she told it."""

    looks: ListMyLooksResponse = field(default_factory=ListMyLooksResponse)
    profile: ProtectionProfile = field(default_factory=a_strict_profile)
    further_contacts: ListContactsResponse = field(default_factory=ListContactsResponse)
    reports: list[dict[str, Any]] = field(default_factory=list)
    beats: list[dict[str, Any]] = field(default_factory=list)
    extensions: list[dict[str, Any]] = field(default_factory=list)
    refusal: dict[str, str] | None = None
    is_heard: bool = True

    @property
    def routes(self) -> Sequence[Route]:
        return (
            Route("/v1/accounts/me/looks", self._list_looks),
            Route("/v1/agents/{agent}/contacts", self._list_contacts),
            Route("/v1/sites/{site}/protectionProfile", self._get_profile),
            Route("/v1/sites/{site}/protectionProfile:confirm", self._confirm, methods=["POST"]),
            Route("/v1/states:report", self._report, methods=["POST"]),
            Route("/v1/sources:heartbeat", self._beat, methods=["POST"]),
            Route("/v1/agents/{agent}:extendWrapUp", self._extend, methods=["POST"]),
        )

    async def _list_looks(self, _: Request) -> Response:
        return JSONResponse(MessageToDict(self.looks))

    async def _list_contacts(self, request: Request) -> Response:
        assert request.query_params["pageToken"] == "further"
        return JSONResponse(MessageToDict(self.further_contacts))

    async def _get_profile(self, _: Request) -> Response:
        return JSONResponse(MessageToDict(self.profile))

    async def _confirm(self, request: Request) -> Response:
        assert (await request.json())["version"] == str(self.profile.version)
        self.profile.my_confirm_time.FromDatetime(datetime(2026, 3, 10, 14, 18, tzinfo=UTC))
        return JSONResponse({})

    async def _report(self, request: Request) -> Response:
        assert request.headers["x-muster-csrf"] == "1"
        self.reports.append(await request.json())
        return JSONResponse({"refusals": [self.refusal]} if self.refusal else {})

    async def _beat(self, request: Request) -> Response:
        self.beats.append(await request.json())
        return JSONResponse({"lease": "90s"}) if self.is_heard else JSONResponse({}, 503)

    async def _extend(self, request: Request) -> Response:
        self.extensions.append(await request.json())
        return JSONResponse({})


def at(clock: str) -> datetime:
    """Returns the instant at which the site's clock shows a time on the day."""
    hour, minute = map(int, clock.split(":"))
    return datetime(DAY.year, DAY.month, DAY.day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def my_day(now: str, *said: tuple[str, State, str, str]) -> AgentDay:
    """Returns a day of which so much has passed: from when on which source said what and why."""
    day = AgentDay(
        agent="agents/ana",
        display_name="Ana Lopes",
        site="sites/harbour",
        time_zone=str(ZONE),
        day=Date(year=DAY.year, month=DAY.month, day=DAY.day),
    )
    day.start_time.FromDatetime(at("00:00"))
    day.end_time.FromDatetime(at("00:00") + timedelta(days=1))
    day.server_time.FromDatetime(at(now))
    day.passed_time.FromDatetime(at(now))
    for hour in range(24):
        column = day.columns.add(label=f"{hour:02}")
        column.start_time.FromDatetime(at("00:00") + timedelta(hours=hour))
    day.contacts.SetInParent()
    day.timeline.passed_time.FromDatetime(at(now))
    ends = [*(at(clock) for clock, *_ in said[1:]), at(now)]
    for (clock, state, source, reason), end in zip(said, ends, strict=True):
        _add_interval(day, at(clock), end, state, source, reason)
    return day


def _add_interval(
    day: AgentDay, start: datetime, end: datetime, state: State, source: str, reason: str
) -> None:
    interval = day.timeline.intervals.add(state=state, reason=reason)
    interval.start_time.FromDatetime(start)
    interval.end_time.FromDatetime(end)
    if source:
        interval.entry.source = source
        is_page = source.startswith("my-day-")
        kinds = SourceKind.SOURCE_KIND_AGENT, SourceKind.SOURCE_KIND_TELEPHONY
        interval.entry.source_kind = kinds[0] if is_page else kinds[1]


def with_shift(day: AgentDay, start: str, end: str, meal: tuple[str, str]) -> AgentDay:
    """Adds a published shift with a meal."""
    shift = day.shifts.add(agent=day.agent, state=Shift.STATE_PUBLISHED)
    shift.start_time.FromDatetime(at(start))
    shift.end_time.FromDatetime(at(end))
    activity = shift.activities.add(kind=Activity.KIND_MEAL)
    activity.start_time.FromDatetime(at(meal[0]))
    activity.end_time.FromDatetime(at(meal[1]))
    return day


def with_call(day: AgentDay, answer: str, minutes: int) -> AgentDay:
    """Adds a call that she answered."""
    number = len(day.contacts.contacts)
    contact = day.contacts.contacts.add(
        name=f"contacts/{number}",
        channel=Channel.CHANNEL_CALL,
        direction=Direction.DIRECTION_INBOUND,
        state=Contact.STATE_ENDED,
    )
    contact.start_time.FromDatetime(at(answer))
    contact.stays.add(queue="sites/harbour/queues/support")
    leg = contact.legs.add(agent=day.agent, talk=Duration(seconds=minutes * 60))
    leg.wrap_up.FromSeconds(45)
    leg.answer_time.FromDatetime(at(answer))
    leg.end_time.FromDatetime(at(answer) + timedelta(minutes=minutes))
    return day


def a_policy() -> PresencePolicy:
    """Returns the reasons and the precedence with which sites begin."""
    policy = PresencePolicy(site="sites/harbour", state_log_retention_days=90)
    _rank(policy, (_TELEPHONY, State.STATE_BUSY))
    _rank(policy, (_PERSON, State.STATE_BUSY))
    _rank(
        policy,
        (_TELEPHONY, State.STATE_WRAP_UP, State.STATE_BREAK),
        (_PERSON, State.STATE_WRAP_UP, State.STATE_BREAK, State.STATE_ONLINE),
    )
    _rank(policy, (_TELEPHONY, State.STATE_ONLINE))
    _rank(policy, (_PERSON, State.STATE_OFFLINE), (_TELEPHONY, State.STATE_OFFLINE))
    _reason(policy, "meal", "Meal", "用餐", BreakReason.REASON_CLASS_REST)
    _reason(policy, "short-break", "Short break", "小休", BreakReason.REASON_CLASS_REST)
    _reason(policy, "training", "Training", "培训", BreakReason.REASON_CLASS_WORK_AWAY)
    _reason(
        policy, "missed-offer", "Missed offer", "未接来电", BreakReason.REASON_CLASS_MISSED_OFFER
    )
    return policy


def let_telephony_rule(policy: PresencePolicy) -> None:
    """Puts whatever a telephone system says before whatever she says."""
    policy.ClearField("precedence")
    _rank(policy, (_TELEPHONY,))


def _rank(policy: PresencePolicy, *matches: tuple[Any, ...]) -> None:
    rank = policy.precedence.add()
    for kind, *states in matches:
        rank.matches.add(track_kind=kind, states=states)


def _reason(policy: PresencePolicy, code: str, en: str, zh: str, kind: Any) -> None:
    reason = policy.break_reasons.add(code=code, reason_class=kind)
    reason.display_names["en"], reason.display_names["zh"] = en, zh

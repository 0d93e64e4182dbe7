"""Presence and roster as the gateway meets them: real gRPC servers that answer from memory."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import numpy as np
from google.protobuf.timestamp_pb2 import Timestamp
from muster.dispatch.v1 import (
    contact_pb2,
    contact_service_pb2,
    contact_service_pb2_grpc,
    queue_pb2,
)
from muster.presence.v1 import (
    events_pb2,
    policy_service_pb2_grpc,
    presence_service_pb2_grpc,
    record_service_pb2_grpc,
    source_service_pb2_grpc,
    state_pb2,
    timeline_service_pb2,
    timeline_service_pb2_grpc,
)
from muster.presence.v1 import policy_service_pb2 as policy_pb
from muster.presence.v1 import presence_service_pb2 as presence_pb
from muster.presence.v1 import record_service_pb2 as record_pb
from muster.presence.v1 import source_service_pb2 as source_pb
from muster.roster.v1 import events_pb2 as roster_events_pb2
from muster.roster.v1 import (
    people_pb2,
    roster_service_pb2_grpc,
    shift_pb2,
    shift_service_pb2,
    shift_service_pb2_grpc,
)
from muster.roster.v1 import roster_service_pb2 as roster_pb

from chassis.access import current_caller
from chassis.errors import Code, FieldViolation, Refusal, invalid_fields
from chassis.identity import Identity
from gateway.domain.timelines import pack_numbers

SITE = "sites/bank"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class FakeRoster(
    roster_service_pb2_grpc.RosterServiceServicer, shift_service_pb2_grpc.ShiftServiceServicer
):
    """One site with two agents. Notes who asked."""

    def __init__(self) -> None:
        self.callers: list[str] = []
        self.metadata: dict[str, str] = {}
        self.teams: list[people_pb2.Team] = []
        self.members = [_agent("a", "Zoe"), _agent("b", "Ana")]
        self.shifts: list[shift_pb2.Shift] = []
        self.changes: list[roster_events_pb2.AgentsChanged] = []
        self.oldest_kept = 1
        self.copy_count = 0

    def change(self, agent: people_pb2.Agent) -> None:
        """Commits that an agent was created or changed."""
        self.members = [one for one in self.members if one.name != agent.name] + [agent]
        cursor = people_pb2.Cursor(site=agent.site, epoch=1, seq=len(self.changes) + 1)
        self.changes.append(roster_events_pb2.AgentsChanged(cursor=cursor, agents=[agent]))

    async def ListSites(self, _request: Any, _context: Any) -> roster_pb.ListSitesResponse:  # noqa: N802 - as on the wire
        return roster_pb.ListSitesResponse(sites=[_site()])

    async def GetSite(self, request: Any, context: Any) -> people_pb2.Site:  # noqa: N802 - as on the wire
        self.callers.append(current_caller().identity.subject)
        self.metadata = {key: str(value) for key, value in context.invocation_metadata()}
        if request.name != SITE:
            raise Refusal(
                Code.NOT_FOUND,
                "UNKNOWN_SITE",
                "there is no such site",
                metadata={"site": request.name},
            )
        context.set_trailing_metadata((("x-served-by", "roster"),))
        return _site()

    async def BatchGetAgents(  # noqa: N802 - as on the wire
        self, request: Any, _context: Any
    ) -> roster_pb.BatchGetAgentsResponse:
        known = {agent.name: agent for agent in self.members}
        found = [known[name] for name in request.names if name in known]
        return roster_pb.BatchGetAgentsResponse(agents=found)

    async def ListTeams(self, _request: Any, _context: Any) -> roster_pb.ListTeamsResponse:  # noqa: N802 - as on the wire
        return roster_pb.ListTeamsResponse(teams=self.teams)

    async def ListLines(self, _request: Any, _context: Any) -> roster_pb.ListLinesResponse:  # noqa: N802 - as on the wire
        sales = people_pb2.Line(name="lines/sales", display_names={"en": "Sales"})
        return roster_pb.ListLinesResponse(lines=[sales])

    async def ListSkills(self, _request: Any, _context: Any) -> roster_pb.ListSkillsResponse:  # noqa: N802 - as on the wire
        return roster_pb.ListSkillsResponse()

    async def CopyAgents(  # noqa: N802 - as on the wire
        self, _request: Any, _context: Any
    ) -> AsyncIterator[roster_pb.CopyAgentsResponse]:
        self.copy_count += 1
        yield roster_pb.CopyAgentsResponse(agents=self.members)
        if self.changes:
            yield roster_pb.CopyAgentsResponse(cursors=[self.changes[-1].cursor])

    async def ReplayChanges(  # noqa: N802 - as on the wire
        self, request: Any, _context: Any
    ) -> AsyncIterator[roster_events_pb2.AgentsChanged]:
        if not self.oldest_kept <= request.after.seq + 1 <= len(self.changes) + 1:
            raise Refusal(Code.OUT_OF_RANGE, "CURSOR_EXPIRED", "not kept any more")
        for change in self.changes[request.after.seq :]:
            yield change

    async def ListShifts(  # noqa: N802 - as on the wire
        self, request: Any, _context: Any
    ) -> shift_service_pb2.ListShiftsResponse:
        wanted = [one for one in self.shifts if request.agent in ("", one.agent)]
        return shift_service_pb2.ListShiftsResponse(shifts=wanted)

    async def ListAgents(self, request: Any, _context: Any) -> roster_pb.ListAgentsResponse:  # noqa: N802 - as on the wire
        if request.page_size < 0:
            raise invalid_fields([FieldViolation("page_size", "is not negative")])
        # Two pages, so that whoever reads the first one only is found out.
        page = int(request.page_token or 0)
        following = "1" if page == 0 else ""
        return roster_pb.ListAgentsResponse(agents=[self.members[page]], next_page_token=following)


class FakePresence(
    presence_service_pb2_grpc.PresenceServiceServicer,
    timeline_service_pb2_grpc.TimelineServiceServicer,
    policy_service_pb2_grpc.PolicyServiceServicer,
    source_service_pb2_grpc.SourceServiceServicer,
    record_service_pb2_grpc.RecordServiceServicer,
):
    """A site's links from 1 on; what was published stays for replay."""

    def __init__(self) -> None:
        self.links: list[events_pb2.AgentStatesChanged] = []
        self.oldest_kept = 1
        self.cancelled = asyncio.Event()
        self.called = asyncio.Event()
        self.remaining_seconds = 0.0
        self.away = False
        self.reported: list[presence_pb.ReportStatesRequest] = []
        self.reporters: list[Identity] = []
        self.log: presence_pb.ListStateLogResponse | None = None

    async def ReportStates(self, request: Any, _context: Any) -> presence_pb.ReportStatesResponse:  # noqa: N802 - as on the wire
        """Records everything but reports of agents called `nobody`."""
        if self.away:
            raise Refusal(Code.UNAVAILABLE, "DATABASE_UNAVAILABLE", "away for a while")
        self.reported.append(request)
        self.reporters.append(current_caller().identity)
        answer = presence_pb.ReportStatesResponse()
        for index, report in enumerate(request.reports):
            if report.agent == "agents/nobody":
                answer.refusals.add(
                    index=index, reason="UNKNOWN_AGENT", message="not on the roster"
                )
        return answer

    def add_link(self, *agents: str) -> events_pb2.AgentStatesChanged:
        """Commits a link in which each agent went on a break."""
        count = len(agents)
        link = events_pb2.AgentStatesChanged(
            cursor=state_pb2.Cursor(site=SITE, epoch=1, seq=len(self.links) + 1),
            agents=[f"agents/{agent}" for agent in agents],
            states=[state_pb2.STATE_BREAK] * count,
            reasons=["", "lunch"],
            reason_indexes=[1] * count,
            activities=[state_pb2.ACTIVITY_UNSPECIFIED] * count,
            occurred_times_us=[int(NOON.timestamp()) * 1_000_000] * count,
            kinds=[state_pb2.ENTRY_KIND_CHANGE] * count,
            current_states=[state_pb2.STATE_BREAK] * count,
            current_reason_indexes=[1] * count,
            current_activities=[state_pb2.ACTIVITY_UNSPECIFIED] * count,
            current_marks=[0] * count,
            current_since_times_us=[int(NOON.timestamp()) * 1_000_000] * count,
            current_load_counts=[0] * count,
            current_capacity_counts=[0] * count,
        )
        link.recorded_time.FromDatetime(NOON)
        self.links.append(link)
        return link

    async def GetPresencePolicy(self, request: Any, _context: Any) -> policy_pb.PresencePolicy:  # noqa: N802 - as on the wire
        """Allows ten minutes for lunch."""
        policy = policy_pb.PresencePolicy(site=request.site)
        policy.break_reasons.add(code="lunch").longest.FromSeconds(600)
        return policy

    async def ListSources(self, _request: Any, _context: Any) -> source_pb.ListSourcesResponse:  # noqa: N802 - as on the wire
        """Tells of one source that is lost."""
        lost = source_pb.Source(source="pbx", state=source_pb.Source.STATE_LOST)
        lost.last_proof_time.FromDatetime(NOON)
        return source_pb.ListSourcesResponse(sources=[lost])

    async def ListCheckpoints(  # noqa: N802 - as on the wire
        self, request: Any, _context: Any
    ) -> record_pb.ListCheckpointsResponse:
        """Has signed the first link."""
        assert request.last_only
        signed = record_pb.Checkpoint(place=state_pb2.Cursor(site=request.site, epoch=1, seq=1))
        signed.recorded_time.FromDatetime(NOON)
        return record_pb.ListCheckpointsResponse(checkpoints=[signed])

    async def GetSiteCoverage(self, request: Any, _context: Any) -> presence_pb.SiteCoverage:  # noqa: N802 - as on the wire
        answer = presence_pb.SiteCoverage(cursor=self._cursor(request.site))
        if self.links:
            answer.first_occurred_time.CopyFrom(_timestamp(NOON))
            answer.last_occurred_time.CopyFrom(_timestamp(NOON))
        return answer

    async def GetSiteTimelines(  # noqa: N802 - as on the wire
        self, request: Any, _context: Any
    ) -> timeline_service_pb2.SiteTimelines:
        """Tells that Zoe went on a break at the middle of the span."""
        look = timeline_service_pb2.SiteTimelines.Look
        half = (request.end_time.seconds - request.start_time.seconds) // 2
        return timeline_service_pb2.SiteTimelines(
            cursor=self._cursor(request.site),
            start_time=request.start_time,
            end_time=request.end_time,
            agents=["agents/a"],
            interval_counts=[2],
            last_change_times_ms=[int(NOON.timestamp()) * 1_000],
            unit_ms=1_000,
            lengths_packed=pack_numbers(np.array([half, half]), 4),
            look_indexes_packed=pack_numbers(np.array([0, 1]), 1),
            looks=[
                look(state=state_pb2.STATE_UNOBSERVED),
                look(state=state_pb2.STATE_BREAK, reason="lunch"),
            ],
        )

    async def GetAgentTimeline(  # noqa: N802 - as on the wire
        self, request: Any, _context: Any
    ) -> timeline_service_pb2.AgentTimeline:
        online = timeline_service_pb2.AgentTimeline.Interval(
            start_time=request.start_time, end_time=request.end_time, state=state_pb2.STATE_ONLINE
        )
        return timeline_service_pb2.AgentTimeline(
            agent=request.agent, intervals=[online], passed_time=request.end_time
        )

    async def ReplayChanges(  # noqa: N802 - as on the wire
        self, request: Any, _context: Any
    ) -> AsyncIterator[events_pb2.AgentStatesChanged]:
        is_kept = self.oldest_kept <= request.after.seq + 1 <= len(self.links) + 1
        if request.after.epoch != 1 or not is_kept:
            raise Refusal(Code.OUT_OF_RANGE, "CURSOR_EXPIRED", "not kept any more")
        for link in self.links[request.after.seq :]:
            yield link

    async def ListStateLog(self, _request: Any, context: Any) -> presence_pb.ListStateLogResponse:  # noqa: N802 - as on the wire
        """Answers with the log that it is given. Without one it takes for ever, and notes the
        caller's deadline and whether she gave up.
        """
        if self.log is not None:
            return self.log
        self.remaining_seconds = context.time_remaining()
        self.called.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.cancelled.set()
        return presence_pb.ListStateLogResponse()

    def _cursor(self, site: str) -> state_pb2.Cursor:
        return state_pb2.Cursor(site=site, epoch=1, seq=len(self.links))


class FakeDispatch(contact_service_pb2_grpc.ContactServiceServicer):
    """Records every event of a contact. One queue, whose figures change when a test says so."""

    def __init__(self) -> None:
        self.reported: list[contact_service_pb2.ReportContactsRequest] = []
        self.reporters: list[Identity] = []
        self.watchers: list[str] = []
        self.waiting_counts: asyncio.Queue[int] = asyncio.Queue()
        self.figures: list[queue_pb2.QueueFigures] = []
        self.contacts: list[contact_pb2.Contact] = []

    def add_queue(self, queue: str, *, waiting: int, answered: int, in_time: int) -> None:
        """Adds a queue that stands so."""
        figures = queue_pb2.QueueFigures(
            queue=f"{SITE}/queues/{queue}",
            waiting_count=waiting,
            answered_count=answered,
            answered_in_time_count=in_time,
            service_level_policy="of_offered.v1",
        )
        self.figures.append(figures)

    async def GetQueueFigures(self, request: Any, _context: Any) -> queue_pb2.SiteQueueFigures:  # noqa: N802 - as on the wire
        cursor = contact_pb2.Cursor(site=request.site, epoch=1, seq=1)
        return queue_pb2.SiteQueueFigures(cursor=cursor, figures=self.figures)

    async def ListQueues(  # noqa: N802 - as on the wire
        self, _request: Any, _context: Any
    ) -> contact_service_pb2.ListQueuesResponse:
        queues = [
            queue_pb2.Queue(
                name=one.queue, display_names={"en": one.queue.rpartition("/")[2].title()}
            )
            for one in self.figures
        ]
        return contact_service_pb2.ListQueuesResponse(queues=queues)

    async def GetContact(self, request: Any, _context: Any) -> contact_pb2.Contact:  # noqa: N802 - as on the wire
        return self._contact(request.name)

    async def OpenRecording(  # noqa: N802 - as on the wire
        self, request: Any, _context: Any
    ) -> contact_service_pb2.OpenRecordingResponse:
        self._contact(request.name.partition("/recordings/")[0])
        return contact_service_pb2.OpenRecordingResponse(recording_reference="r.wav")

    def _contact(self, name: str) -> contact_pb2.Contact:
        for contact in self.contacts:
            if contact.name == name:
                return contact
        raise Refusal(Code.NOT_FOUND, "UNKNOWN_CONTACT", f"{name} does not exist")

    async def ListAgentContacts(  # noqa: N802 - as on the wire
        self, _request: Any, _context: Any
    ) -> contact_service_pb2.ListContactsResponse:
        return contact_service_pb2.ListContactsResponse(contacts=self.contacts)

    async def WatchQueueFigures(  # noqa: N802 - as on the wire
        self, request: Any, _context: Any
    ) -> AsyncIterator[queue_pb2.SiteQueueFigures]:
        self.watchers.append(current_caller().identity.subject)
        while True:
            count = await self.waiting_counts.get()
            sales = queue_pb2.QueueFigures(queue=f"{SITE}/queues/sales", waiting_count=count)
            cursor = contact_pb2.Cursor(site=request.site, epoch=1, seq=count)
            yield queue_pb2.SiteQueueFigures(cursor=cursor, figures=[sales])

    async def ReportContacts(  # noqa: N802 - as on the wire
        self, request: Any, _context: Any
    ) -> contact_service_pb2.ReportContactsResponse:
        self.reported.append(request)
        self.reporters.append(current_caller().identity)
        return contact_service_pb2.ReportContactsResponse()


def _agent(name: str, shown: str) -> people_pb2.Agent:
    return people_pb2.Agent(name=f"agents/{name}", display_name=shown, site=SITE)


def _site() -> people_pb2.Site:
    return people_pb2.Site(name=SITE, display_name="Bank", time_zone="UTC")


def _timestamp(instant: datetime) -> Timestamp:
    timestamp = Timestamp()
    timestamp.FromDatetime(instant)
    return timestamp

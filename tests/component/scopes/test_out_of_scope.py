"""No row and no field outside of somebody's scope, whatever she asks and however she asks it."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from google.protobuf.message import Message
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from muster.dispatch.v1 import contact_pb2
from muster.dispatch.v1 import contact_service_pb2 as wire
from muster.presence.v1 import timeline_service_pb2
from muster.roster.v1 import roster_service_pb2

from gateway.api.catalogue import Kind, read_catalogue
from tests.component.conftest import OwnerUrl
from tests.component.scopes.asking import Answer, ask_rest, ask_rpc, push
from tests.component.scopes.calls import (
    CHANGES,
    GHOST,
    READS,
    Target,
    missing_from_the_table,
    now_of,
    past_of,
    request_of,
)
from tests.component.scopes.floor import (
    Floor,
    Person,
    Viewer,
    floors,
    sees_now,
    viewers,
    words_in_sight,
)
from tests.component.scopes.recording import Recorder
from tests.component.scopes.running import PERMISSIONS, Running, running
from tests.support.nats import NatsServer

CATALOGUE = read_catalogue()
_WORD = re.compile(rb"(?:who|Face|why|Text|call|tape|duty|old|past|done|crew)\d{6}")
_BROKEN = ("INTERNAL", "UNKNOWN", "INVALID_ARGUMENT", "RESOURCE_EXHAUSTED", "UNIMPLEMENTED")
_SPANS = {"start_time", "day", "selection"}
EXAMPLES = 4
"""Each is some three hundred calls about a floor and a viewer that no run had before."""
AT_ONCE = 4
"""How many calls of a viewer are under way together: no more heavy ones are let in."""


def test_every_public_method_is_in_the_table() -> None:
    assert list(missing_from_the_table(CATALOGUE)) == []


@pytest.mark.timeout(300)
def test_nothing_outside_of_her_scope_reaches_anybody(
    owner_url: OwnerUrl, nats_server: NatsServer, tmp_path: Path
) -> None:
    # With a factory it leaves the loop of the other tests alone.
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(nats_server.clear())
        services = running(owner_url, nats_server.url, tmp_path)
        started = runner.run(services.__aenter__())
        try:
            _look_around(runner, started)
        finally:
            runner.run(services.__aexit__(None, None, None))


def _look_around(runner: asyncio.Runner, started: Running) -> None:
    recorder = runner.run(_recorder(started))

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(data=st.data())
    def somebody_looks(data: st.DataObject) -> None:
        floor = data.draw(floors(), label="floor")
        viewer = data.draw(viewers(floor, PERMISSIONS), label="viewer")
        runner.run(_look(started, recorder, floor, viewer))

    somebody_looks()


async def _recorder(started: Running) -> Recorder:
    return Recorder(started)


async def _look(started: Running, recorder: Recorder, floor: Floor, viewer: Viewer) -> None:
    await recorder.record(floor)
    async with _eyes(started, viewer) as eyes:
        for site in floor.sites:
            await eyes.look_at_site(floor, site)
        for person in _some_of(floor):
            await eyes.look_at(floor, person)
        await eyes.look_at_contacts(floor, await recorder.contacts_of(floor))
        await eyes.meddle(floor)
    for person in floor.people:
        if not sees_now(viewer.scope, person):
            assert b"evil" not in await recorder.entries_of(person)


def _some_of(floor: Floor) -> list[Person]:
    """The one who moved, if somebody did, and the last one of each site."""
    return [floor.people[0], floor.people[-1]]


@asynccontextmanager
async def _eyes(started: Running, viewer: Viewer) -> AsyncIterator["Eyes"]:
    async with started.client(viewer.identity) as client:
        yield Eyes(started, viewer, client)


class Eyes:
    """Looks with one viewer's rights and compares with what she may see."""

    def __init__(self, started: Running, viewer: Viewer, client: httpx.AsyncClient) -> None:
        self._viewer = viewer
        self._client = client
        self._channel = started.channel(viewer.identity)
        self._places = asyncio.Semaphore(AT_ONCE)

    async def look_at_site(self, floor: Floor, site: str) -> None:
        """Asks all that can be asked of a site, of today and of days ago."""
        streams = {path for path in READS if CATALOGUE[path].kind is not Kind.UNARY}
        spans = [path for path in READS if _SPANS & _fields_of(path)]
        topics = (("board", "1:0"), ("roster", None), ("waiting", None))
        await asyncio.gather(
            *(self._ask(floor, path, now_of(site, GHOST)) for path in READS.keys() - streams),
            *(self._ask(floor, path, past_of(site, GHOST)) for path in spans),
            self._compare_lists(floor, site),
        )
        # By themselves: what a stream says within a moment is not to wait for other calls.
        await asyncio.gather(
            *(self._ask(floor, path, now_of(site, GHOST)) for path in streams),
            *(self._listen(floor, f"{kind}/{site}", cursor) for kind, cursor in topics),
        )

    async def look_at(self, floor: Floor, person: Person) -> None:
        """Asks all that can be asked of one person; one who is out of sight never was."""
        await asyncio.gather(
            *(
                self._compare_with_nobody(floor, path, make, person)
                for path in READS
                if "agent" in _fields_of(path) or path.endswith("/GetAgent")
                for make in (now_of, past_of)
            )
        )

    async def look_at_contacts(self, floor: Floor, contacts: list[contact_pb2.Contact]) -> None:
        """Asks for contacts by names that somebody else told her."""
        await asyncio.gather(
            *(
                self._ask_by_name(floor, name, request)
                for contact in contacts
                for name, request in _by_name(contact)
            )
        )

    async def meddle(self, floor: Floor) -> None:
        """Tries to change what is out of sight."""
        await asyncio.gather(
            *(
                self._try_to_change(floor, path, person)
                for person in floor.people
                if not sees_now(self._viewer.scope, person)
                for path in CHANGES
            )
        )

    async def _compare_with_nobody(
        self, floor: Floor, path: str, make: Callable[[str, str], Target], person: Person
    ) -> None:
        answer = await self._ask(floor, path, make(person.site, person.name))
        if not sees_now(self._viewer.scope, person):
            ghost = await self._ask(floor, path, make(person.site, GHOST))
            assert answer.outcome == ghost.outcome, (path, answer, ghost)

    async def _ask_by_name(self, floor: Floor, name: str, request: Message) -> None:
        method = CATALOGUE[f"/muster.dispatch.v1.ContactService/{name}"]
        async with self._places:
            answer = await ask_rpc(self._channel, method, request)
            over_rest = await ask_rest(self._client, method, request)
        self._check(floor, name, answer.content, ())
        self._check(floor, f"REST {name}", over_rest.content, ())

    async def _try_to_change(self, floor: Floor, path: str, person: Person) -> None:
        answer = await self._ask(floor, path, now_of(person.site, person.name))
        assert b"evil" not in answer.content or not answer.is_ok, (path, answer)

    async def _listen(self, floor: Floor, topic: str, cursor: str | None) -> None:
        self._check(floor, topic, await push(self._client, topic, cursor), ())

    async def _ask(self, floor: Floor, path: str, target: Target) -> Answer:
        method = CATALOGUE[path]
        request = request_of(method, target)
        assert request is not None
        async with self._places:
            answer = await ask_rpc(self._channel, method, request)
        self._check(floor, path, answer.content, target.words)
        assert path in CHANGES or not answer.outcome.startswith(_BROKEN), (path, answer)
        if method.kind is Kind.UNARY and path in READS:
            async with self._places:
                over_rest = await ask_rest(self._client, method, request)
            self._check(floor, f"REST {path}", over_rest.content, target.words)
            assert answer.is_ok == over_rest.is_ok, (path, answer, over_rest)
        return answer

    def _check(self, floor: Floor, asked: str, content: bytes, said: tuple[str, ...]) -> None:
        """Every word that came back is one that she may see, or said herself."""
        told = {word.decode() for word in _WORD.findall(content)}
        leaked = told - words_in_sight(floor, self._viewer) - set(said)
        assert not leaked, (asked, sorted(leaked), self._viewer, floor)

    async def _compare_lists(self, floor: Floor, site: str) -> None:
        """What she may see is there: lists hold the people in sight and nobody else."""
        here = [one for one in floor.people if one.site == site]
        of_now = sorted(one.name for one in here if sees_now(self._viewer.scope, one))
        of_past = sorted(one.name for one in here if sees_now(self._viewer.history, one))
        service = "/muster.presence.v1.TimelineService"
        for make, expected in ((now_of, of_now), (past_of, of_past)):
            told = await self._ask(floor, f"{service}/GetSiteTimelines", make(site, GHOST))
            timelines = timeline_service_pb2.SiteTimelines.FromString(told.content)
            assert list(timelines.agents) == expected, (make, self._viewer, floor)
        listed = await self._ask(floor, f"{service}/ListAgentStates", now_of(site, GHOST))
        states = timeline_service_pb2.ListAgentStatesResponse.FromString(listed.content)
        assert [one.agent for one in states.agent_states] == of_now
        roster = "/muster.roster.v1.RosterService"
        asked = await self._ask(floor, f"{roster}/ListAgents", now_of(site, GHOST))
        if asked.is_ok:
            agents = roster_service_pb2.ListAgentsResponse.FromString(asked.content)
            assert [one.name for one in agents.agents] == of_now
        else:
            assert of_now == []
        everywhere = await self._ask(floor, f"{roster}/ListAgents", now_of("sites/-", GHOST))
        agents = roster_service_pb2.ListAgentsResponse.FromString(everywhere.content)
        in_sight = sorted(one.name for one in floor.people if sees_now(self._viewer.scope, one))
        assert [one.name for one in agents.agents] == in_sight


def _by_name(contact: contact_pb2.Contact) -> Iterator[tuple[str, Message]]:
    yield "GetContact", wire.GetContactRequest(name=contact.name)
    yield "ListRecordingAccesses", wire.ListRecordingAccessesRequest(contact=contact.name)
    for recording in contact.recordings:
        yield "OpenRecording", wire.OpenRecordingRequest(name=recording.name, purpose="quality")


def _fields_of(path: str) -> set[str]:
    return {field.name for field in CATALOGUE[path].input.fields}

"""The watch on a store in memory: what it records of histories of proofs, silences and outages."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from chassis.telemetry import silent_telemetry
from services.presence.app.committer import Committer
from services.presence.app.directory import AgentDirectory
from services.presence.app.proofs import Proofs
from services.presence.app.pulse import Pulse
from services.presence.app.source_ports import Client
from services.presence.app.watch import Watch
from services.presence.domain.entry import EPOCH, Details, Entry, microseconds_of
from services.presence.domain.lease import PROOF_DELAY, LeaseRule
from services.presence.domain.outage import LONGEST_PAUSE
from services.presence.domain.state import EntryKind, LossScope, SourceKind, State
from services.presence.telemetry import PresenceTelemetry, SourceTelemetry
from tests.unit.presence.builders import MORNING, an_entry
from tests.unit.presence.fakes import FakeRoster, FakeStateLog
from tests.unit.presence.source_fakes import FakeClaims, FakeRules, FakeSources, World

SECOND = timedelta(seconds=1)
LEASE, GRACE = 4 * SECOND, 6 * SECOND
RULES = FakeRules(
    (
        LeaseRule(SourceKind.TELEPHONY, "", LEASE),
        LeaseRule(SourceKind.AGENT, "", LEASE),
        LeaseRule(SourceKind.AGENT, "phone", None),
    ),
    GRACE,
)


class Floor:
    """Presence with one site, whose replica may be started anew at any moment."""

    def __init__(self) -> None:
        self.world = World(MORNING)
        self.log = FakeStateLog()
        self.store = FakeSources(self.world, self.log)
        self.directory = AgentDirectory(FakeRoster({}))
        names = ("ana", "bob", "eve")
        self.directory.apply({f"agents/{name}": "bank" for name in names}, EPOCH)
        self._count = 0
        self.start()

    def start(self) -> None:
        """Starts a replica; what the one before had in memory is gone."""
        telemetry = SourceTelemetry(silent_telemetry())
        self.committer = Committer(
            self.log,
            committed=lambda site: None,
            telemetry=PresenceTelemetry(silent_telemetry()),
            most_pending=50_000,
        )
        self.proofs = Proofs(self.store, RULES, self.world.elapsed)
        self.pulse = Pulse(self.store, self.world.elapsed, telemetry)
        self.watch = Watch(
            store=self.store,
            claims=FakeClaims(),
            committer=self.committer,
            directory=self.directory,
            rules=RULES,
            pulse=self.pulse,
            telemetry=telemetry,
        )

    async def tick(self) -> None:
        await self.proofs.flush()
        await self.pulse.beat()
        await self.watch.look()

    async def wait(self, span: timedelta) -> None:
        """Lets time pass, with all that is done each second."""
        while span > timedelta(0):
            step = min(span, SECOND)
            self.world.advance(step)
            span -= step
            await self.tick()

    async def away(self, span: timedelta) -> None:
        """Stops presence for some time, and starts it again."""
        await self.proofs.flush()
        self.world.advance(span)
        self.start()

    async def says(self, agent: str, state: State = State.ONLINE, **changes: object) -> None:
        """Reports a state of now."""
        self._count += 1
        values: dict[str, object] = {"occurred_time": self.world.now} | changes
        entry = an_entry(agent, state, event_id=f"e-{self._count}", **values)
        await self.committer.commit("bank", [entry])
        self.proofs.report(entry.source, entry.source_kind, {"bank": [entry.agent]})

    def beats(self, source: str = "pbx", agent: str = "") -> None:
        kind = SourceKind.AGENT if agent else SourceKind.TELEPHONY
        name = f"agents/{agent}" if agent else ""
        self.proofs.beat(Client(source, name), kind, ["bank"])

    def recorded(self, kind: EntryKind) -> list[Entry]:
        """The entries of a kind, each once, in the order of time."""
        unique = {e.key: e for _, group in reversed(self.log.commits) for e in group}
        found = [entry for entry in unique.values() if entry.kind is kind]
        return sorted(found, key=lambda entry: (entry.occurred_time, entry.agent))

    async def state_of(self, agent: str) -> State:
        tracks = await self.store.read_tracks("bank")
        states = [entry.state for entry in tracks if entry.agent == f"agents/{agent}"]
        return states[0] if len(states) == 1 else State.UNOBSERVED


def after(seconds: float) -> datetime:
    return MORNING + timedelta(seconds=seconds)


# What may happen: a source gives a proof, time passes, presence is away and begins anew, and a
# proof comes before it has looked around.
EIGHTHS = st.integers(1, 160).map(lambda count: count / 8)
STEPS = st.lists(
    st.tuples(st.sampled_from(["proof", "wait", "away", "away, proof"]), EIGHTHS), max_size=10
)


@dataclass
class Expected:
    """What a history of one source means, told in plain words."""

    proof_time: datetime = MORNING
    is_lost: bool = False
    losses: set[datetime] = field(default_factory=set)
    gaps: set[tuple[datetime, datetime]] = field(default_factory=set)
    outages: set[tuple[datetime, datetime]] = field(default_factory=set)

    def proof(self, now: datetime) -> None:
        silent = now - self.proof_time
        if not self.is_lost and silent > LEASE:
            self.gaps.add((self.proof_time, now))
        self.proof_time, self.is_lost = now, False

    def looked(self, now: datetime) -> None:
        if now - self.proof_time > LEASE + GRACE + PROOF_DELAY:
            self.losses.add(self.proof_time)
            self.is_lost = True

    def away(self, start: datetime, end: datetime) -> None:
        self.outages.add((start, end))
        if not self.is_lost:
            self.proof_time = end


@given(STEPS)
@example([("wait", 5.0), ("proof", 1.0), ("wait", 1.0)])
@example([("away, proof", 7.0), ("wait", 14.0)])
@example([("wait", 15.0), ("away", 8.0)])
@example([("wait", 11.0), ("proof", 1.0)])
def test_any_history_gives_the_losses_gaps_and_outages_that_its_words_say(
    steps: list[tuple[str, float]],
) -> None:
    asyncio.run(play(steps))


async def play(steps: list[tuple[str, float]]) -> None:
    floor, expected = Floor(), Expected()
    await proof(floor)
    await floor.tick()
    for what, seconds in steps:
        if what == "wait":
            await floor.wait(timedelta(seconds=seconds))
            expected.looked(floor.world.now)
        if "away" in what:
            start = floor.store.marks["bank"]
            await floor.away(timedelta(seconds=seconds))
            if floor.world.now - start > LONGEST_PAUSE:
                expected.away(start, floor.world.now)
        if "proof" in what:
            await proof(floor)
            expected.proof(floor.world.now)
        if "away" in what:
            await floor.tick()
            expected.looked(floor.world.now)
    await floor.wait(LEASE + GRACE + PROOF_DELAY + SECOND)
    expected.looked(floor.world.now)

    losses = {entry.event_id for entry in floor.recorded(EntryKind.LOSS)}
    assert losses == {f"lost:{microseconds_of(time)}" for time in expected.losses}
    assert spans(floor, EntryKind.GAP) == expected.gaps
    assert spans(floor, EntryKind.OUTAGE) == expected.outages


async def proof(floor: Floor) -> None:
    """A heartbeat, and the state again as it is asked for after a loss."""
    floor.beats()
    await floor.says("ana")


def spans(floor: Floor, kind: EntryKind) -> set[tuple[datetime, datetime | None]]:
    return {(e.occurred_time, e.details.end_time) for e in floor.recorded(kind)}


OVER = LEASE + GRACE + PROOF_DELAY + SECOND


async def test_a_lost_connection_takes_all_agents_along_but_those_who_signed_out() -> None:
    floor = Floor()
    floor.beats()
    await floor.says("ana")
    await floor.says("bob", State.BUSY)
    await floor.says("eve", State.OFFLINE)

    await floor.wait(OVER)

    losses = floor.recorded(EntryKind.LOSS)
    assert [loss.agent for loss in losses] == ["agents/ana", "agents/bob"]
    assert {loss.details.loss_scope for loss in losses} == {LossScope.SOURCE}
    assert await floor.state_of("eve") is State.OFFLINE
    assert floor.store.asked == {Client("pbx", "agents/ana"), Client("pbx", "agents/bob")}


async def test_a_source_that_never_beat_may_be_silent() -> None:
    floor = Floor()
    await floor.says("ana")

    await floor.wait(10 * OVER)

    assert await floor.state_of("ana") is State.ONLINE


async def test_a_report_is_a_proof_of_life_of_a_leased_source() -> None:
    floor = Floor()
    floor.beats()
    await floor.tick()

    for _ in range(5):
        await floor.says("bob", State.BUSY)
        await floor.wait(LEASE)

    assert floor.recorded(EntryKind.GAP) == []
    assert floor.recorded(EntryKind.LOSS) == []


async def test_an_agent_is_lost_with_her_last_client_only() -> None:
    floor = Floor()
    await floor.says("ana", source="web", source_kind=SourceKind.AGENT)
    floor.beats("web", "ana")
    floor.beats("tablet", "ana")
    await floor.tick()

    while floor.world.now < after(40):
        floor.beats("tablet", "ana")
        await floor.wait(2 * SECOND)
    assert await floor.state_of("ana") is State.ONLINE
    await floor.wait(OVER)

    (loss,) = floor.recorded(EntryKind.LOSS)
    assert (loss.source, loss.details.loss_scope) == ("tablet", LossScope.CLIENT)
    assert after(38) <= loss.occurred_time <= after(40)
    assert await floor.state_of("ana") is State.UNOBSERVED


async def test_what_was_said_with_a_phone_that_may_be_silent_goes_on() -> None:
    floor = Floor()
    floor.beats("web", "ana")
    await floor.says("ana", source="web", source_kind=SourceKind.AGENT)
    await floor.wait(SECOND)
    await floor.says("ana", State.BREAK, source="phone", source_kind=SourceKind.AGENT)

    await floor.wait(OVER)

    assert await floor.state_of("ana") is State.BREAK


async def test_all_that_falls_silent_at_once_is_a_lost_site() -> None:
    floor = Floor()
    floor.beats()
    await floor.says("bob")
    for name in ("ana", "eve"):
        floor.beats("web", name)
        await floor.says(name, source="web", source_kind=SourceKind.AGENT)

    await floor.wait(OVER)

    scopes = [loss.details.loss_scope for loss in floor.recorded(EntryKind.LOSS)]
    assert scopes == [LossScope.SITE] * 3


async def test_one_client_of_many_is_lost_alone() -> None:
    floor = Floor()
    for name in ("ana", "eve"):
        floor.beats("web", name)
        await floor.says(name, source="web", source_kind=SourceKind.AGENT)

    while floor.world.now < MORNING + OVER:
        floor.beats("web", "eve")
        await floor.wait(SECOND)

    (loss,) = floor.recorded(EntryKind.LOSS)
    assert (loss.agent, loss.details.loss_scope) == ("agents/ana", LossScope.CLIENT)


async def test_a_source_whose_clock_is_ahead_is_lost_all_the_same() -> None:
    floor = Floor()
    floor.beats()
    await floor.says("ana", occurred_time=floor.world.now + 3 * SECOND)

    await floor.wait(OVER)

    assert await floor.state_of("ana") is State.UNOBSERVED


@given(st.integers(-4_000, 4_000).filter(lambda seconds: abs(seconds) > 2), st.integers(0, 12))
@example(3_600, 0)
@example(-3_600, 0)
def test_a_clock_that_is_set_makes_no_loss(step: int, ticks: int) -> None:
    asyncio.run(set_clock(timedelta(seconds=step), ticks))


async def set_clock(step: timedelta, ticks: int) -> None:
    floor = Floor()
    for _ in range(12):
        await proof(floor)
        await floor.wait(SECOND)
        if ticks == 0:
            floor.world.set_clock(step)
        ticks -= 1
    assert floor.recorded(EntryKind.LOSS) == []
    assert floor.recorded(EntryKind.GAP) == []
    assert floor.recorded(EntryKind.OUTAGE) == []


async def test_a_source_that_dies_after_a_clock_was_set_is_lost() -> None:
    floor = Floor()
    await proof(floor)
    await floor.tick()
    floor.world.set_clock(timedelta(hours=1))
    await floor.wait(SECOND)

    await floor.wait(OVER + LEASE)

    assert await floor.state_of("ana") is State.UNOBSERVED


async def test_what_happens_to_several_sites_at_once_is_recorded_at_each() -> None:
    floor = Floor()
    for site, agent in {"bank": "ana", "shop": "tom"}.items():
        floor.proofs.beat(Client("pbx", ""), SourceKind.TELEPHONY, [site])
        await floor.committer.commit(site, [an_entry(agent)])
    await floor.tick()
    await floor.wait(LEASE + SECOND)
    floor.beats()
    await floor.tick()
    await floor.away(LONGEST_PAUSE + SECOND)
    await floor.tick()

    assert len(floor.recorded(EntryKind.GAP)) == 2
    assert len(floor.recorded(EntryKind.OUTAGE)) == 2


async def test_a_watch_that_is_taken_over_in_the_middle_records_nothing_twice() -> None:
    floor = Floor()
    floor.beats()
    await floor.says("ana")
    await floor.wait(OVER)
    (lost,) = floor.recorded(EntryKind.LOSS)
    # What the first one recorded is on record, that it is settled is not.
    for key, lease in floor.store.leases.items():
        floor.store.leases[key] = replace(lease, is_lost=False)

    floor.start()
    await floor.wait(3 * SECOND)

    assert floor.recorded(EntryKind.LOSS) == [lost]


async def test_an_agent_who_moved_is_not_lost_at_her_former_site() -> None:
    floor = Floor()
    floor.beats("web", "ana")
    await floor.says("ana", source="web", source_kind=SourceKind.AGENT)
    floor.directory.apply({"agents/ana": "shop"}, MORNING)

    await floor.wait(OVER)

    assert floor.recorded(EntryKind.LOSS) == []


async def test_a_wrap_up_ends_at_its_limit_to_the_microsecond() -> None:
    floor = Floor()
    limit_time = after(2.3)
    details = Details(limit_time=limit_time, queue="sales")
    await floor.says("ana", State.WRAP_UP, details=details)

    await floor.wait(3 * SECOND)

    (limit,) = floor.recorded(EntryKind.LIMIT)
    assert (limit.occurred_time, limit.state) == (limit_time, State.ONLINE)
    assert (limit.source, limit.source_kind) == ("pbx", SourceKind.TELEPHONY)
    assert limit.details.refers_to_time == MORNING
    assert await floor.state_of("ana") is State.ONLINE


async def test_a_wrap_up_that_ended_before_its_limit_is_left_alone() -> None:
    floor = Floor()
    await floor.says("ana", State.WRAP_UP, details=Details(limit_time=after(2)))
    await floor.wait(SECOND)
    await floor.says("ana", State.BREAK)

    await floor.wait(3 * SECOND)

    assert floor.recorded(EntryKind.LIMIT) == []

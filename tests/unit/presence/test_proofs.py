"""Proofs of life: how they are gathered and written."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from chassis.errors import Code, Refusal
from services.presence.app.proofs import Proofs
from services.presence.app.source_ports import NO_SITE, Client, KnownSources, Proof
from services.presence.domain.lease import DEFAULT_GRACE, DEFAULT_LEASE_RULES
from services.presence.domain.state import SourceKind
from tests.unit.presence.builders import MORNING
from tests.unit.presence.fakes import FakeStateLog
from tests.unit.presence.source_fakes import FakeRules, FakeSources, World

SECOND = timedelta(seconds=1)
PBX = Client("pbx", "")
RULES = FakeRules(DEFAULT_LEASE_RULES, DEFAULT_GRACE)


class NotingStore(FakeSources):
    """Notes what is written, and fails when the test says so."""

    def __init__(self, world: World) -> None:
        super().__init__(world, FakeStateLog())
        self.written: list[list[Proof]] = []
        self.error: Exception | None = None
        self.known = KnownSources({}, frozenset(), {})

    async def write_proofs(self, proofs: Sequence[Proof]) -> None:
        if self.error is not None:
            error, self.error = self.error, None
            raise error
        self.written.append(list(proofs))

    async def read_known(self) -> KnownSources:
        return self.known


@pytest.fixture
def world() -> World:
    return World(MORNING)


@pytest.fixture
def store(world: World) -> NotingStore:
    return NotingStore(world)


@pytest.fixture
def proofs(store: NotingStore, world: World) -> Proofs:
    return Proofs(store, RULES, world.elapsed)


async def test_many_heartbeats_of_a_second_are_written_as_one(
    proofs: Proofs, store: NotingStore, world: World
) -> None:
    for _ in range(5):
        proofs.beat(PBX, SourceKind.TELEPHONY, ["bank"])
        world.advance(SECOND / 10)

    await proofs.flush()
    await proofs.flush()

    first, second = store.written
    (proof,) = first
    assert (proof.first_age, proof.last_age) == (SECOND / 2, SECOND / 10)
    assert (proof.site, proof.length) == ("bank", 10 * SECOND)
    assert second == []


async def test_a_source_that_only_reports_gets_no_lease(proofs: Proofs, store: NotingStore) -> None:
    proofs.report("pbx", SourceKind.TELEPHONY, {"bank": ["agents/ana"]})

    await proofs.flush()

    ((proof,),) = store.written
    assert (proof.is_leased, proof.length) == (False, None)


async def test_an_agents_report_is_a_proof_once_her_source_sends_heartbeats(
    proofs: Proofs, store: NotingStore
) -> None:
    proofs.report("web", SourceKind.AGENT, {"bank": ["agents/ana"]})
    await proofs.flush()
    store.known = KnownSources({}, frozenset({"web"}), {})
    await proofs.flush()

    proofs.report("web", SourceKind.AGENT, {"bank": ["agents/ana"]})
    await proofs.flush()

    assert [len(written) for written in store.written] == [0, 0, 1]
    (proof,) = store.written[-1]
    assert (proof.client, proof.is_leased) == (Client("web", "agents/ana"), False)


async def test_a_leased_source_is_alive_at_all_its_sites_with_any_proof(
    proofs: Proofs, store: NotingStore
) -> None:
    store.known = KnownSources({"pbx": frozenset({"bank"})}, frozenset({"pbx"}), {})
    await proofs.flush()

    proofs.report("pbx", SourceKind.TELEPHONY, {"shop": ["agents/tom"]})
    await proofs.flush()

    written = sorted(store.written[-1], key=lambda proof: proof.site)
    assert [(proof.site, proof.length) for proof in written] == [
        ("bank", 10 * SECOND),
        ("shop", 10 * SECOND),
    ]


async def test_a_source_without_a_report_is_kept_without_a_site(
    proofs: Proofs, store: NotingStore
) -> None:
    proofs.beat(PBX, SourceKind.TELEPHONY, [])

    await proofs.flush()

    assert [proof.site for proof in store.written[0]] == [NO_SITE]


async def test_what_could_not_be_written_is_written_with_the_next(
    proofs: Proofs, store: NotingStore, world: World
) -> None:
    proofs.beat(PBX, SourceKind.TELEPHONY, ["bank"])
    store.error = Refusal(Code.UNAVAILABLE, "DATABASE_UNAVAILABLE", "away")
    with pytest.raises(Refusal):
        await proofs.flush()
    world.advance(SECOND)
    proofs.beat(PBX, SourceKind.TELEPHONY, ["shop"])

    await proofs.flush()

    ages = {proof.site: (proof.first_age, proof.last_age) for proof in store.written[0]}
    assert ages == dict.fromkeys(("bank", "shop"), (SECOND, timedelta(0)))


async def test_only_reports_of_those_who_are_asked_for_are_noted(
    proofs: Proofs, store: NotingStore
) -> None:
    ana, bob = Client("pbx", "agents/ana"), Client("pbx", "agents/bob")
    store.asked = {ana}
    store.known = KnownSources({}, frozenset(), {"pbx": frozenset({"agents/ana"})})
    await proofs.flush()
    assert proofs.resend_of("pbx") == {"agents/ana"}
    store.asked |= {bob}

    proofs.report("pbx", SourceKind.TELEPHONY, {"bank": ["agents/ana", "agents/bob"]})
    await proofs.flush()

    assert store.asked == {bob}

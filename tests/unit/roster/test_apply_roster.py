from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from chassis.clock import ManualClock
from chassis.errors import Refusal
from chassis.scope import Scope
from chassis.telemetry import silent_telemetry
from services.roster.app.apply_roster import ApplyRoster
from services.roster.app.faults import MOST_VIOLATIONS
from services.roster.domain.changes import Changes, Told
from services.roster.domain.people import People, Place, SiteName
from services.roster.telemetry import RosterTelemetry
from tests.unit.roster.builders import a_site, a_team, an_agent

EVERYTHING = Scope(sites=None)
NOBODY = People()


class FakeStore:
    """A roster in memory; what a transaction saved is kept only if it ends well."""

    def __init__(self, known: People) -> None:
        self.known = known
        self.saved: list[Changes] = []
        self.told: list[tuple[str, tuple[Told, ...]]] = []
        self._unit = _FakeUnit(self)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator["_FakeUnit"]:
        before = (list(self.saved), list(self.told))
        try:
            yield self._unit
        except BaseException:
            self.saved, self.told = before
            raise


class _FakeUnit:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def load_known(self, requested: People) -> People:
        return self._store.known

    async def save(self, changes: Changes) -> None:
        self._store.saved.append(changes)

    async def tell(self, site: SiteName, rows: Sequence[Told], recorded_time: datetime) -> Place:
        self._store.told.append((site, tuple(rows)))
        return Place(site, 1, len(self._store.told))


class Desk:
    """Somebody who applies people."""

    def __init__(self, known: People = NOBODY) -> None:
        self.store = FakeStore(known)
        self.woken: list[str] = []
        self.apply_roster = ApplyRoster(
            self.store,
            clock=ManualClock(datetime(2026, 3, 2, tzinfo=UTC)),
            committed=self.woken.append,
            telemetry=RosterTelemetry(silent_telemetry()),
        )


async def test_new_people_are_saved_told_and_published() -> None:
    desk = Desk()
    people = People((a_site(),), (a_team(),), (an_agent(team="fiber"),))

    applied = await desk.apply_roster.apply(people, EVERYTHING, validate_only=False)

    assert (applied.created_count, applied.updated_count, applied.unchanged_count) == (3, 0, 0)
    assert applied.places == (Place(SiteName("sites/porto"), 1, 1),)
    assert desk.store.told == [("sites/porto", (a_team(), an_agent(team="fiber")))]
    assert desk.woken == ["porto"]


async def test_validating_alone_counts_and_writes_nothing() -> None:
    desk = Desk()

    applied = await desk.apply_roster.apply(
        People((a_site(),), agents=(an_agent(),)), EVERYTHING, validate_only=True
    )

    assert (applied.created_count, applied.places) == (2, ())
    assert (desk.store.saved, desk.woken) == ([], [])


async def test_a_site_alone_needs_no_message() -> None:
    desk = Desk()

    applied = await desk.apply_roster.apply(People((a_site(),)), EVERYTHING, validate_only=False)

    assert (applied.places, desk.store.told) == ((), [])


async def test_a_commit_of_several_messages_answers_the_last_place_of_the_site() -> None:
    desk = Desk()
    agents = tuple(an_agent(f"a{number}") for number in range(2_001))

    applied = await desk.apply_roster.apply(
        People((a_site(),), agents=agents), EVERYTHING, validate_only=False
    )

    assert applied.places == (Place(SiteName("sites/porto"), 1, 2),)


async def test_one_faulty_row_changes_nothing() -> None:
    desk = Desk()

    with pytest.raises(Refusal) as refused:
        await desk.apply_roster.apply(
            People((a_site(),), agents=(an_agent(site="faro"),)), EVERYTHING, validate_only=False
        )

    assert [violation.field for violation in refused.value.violations] == ["agents[0].site"]
    assert desk.store.saved == []


async def test_a_refusal_names_some_faulty_rows_and_counts_all() -> None:
    desk = Desk()
    agents = tuple(an_agent(f"a{number}", site="faro") for number in range(90))

    with pytest.raises(Refusal) as refused:
        await desk.apply_roster.apply(People(agents=agents), EVERYTHING, validate_only=False)

    assert len(refused.value.violations) == MOST_VIOLATIONS
    assert refused.value.metadata["violation_count"] == "90"


async def test_a_caller_of_one_site_changes_no_other() -> None:
    desk = Desk(People((a_site(), a_site("faro"))))
    porto = Scope(sites=frozenset({"sites/porto"}))

    with pytest.raises(Refusal):
        await desk.apply_roster.apply(
            People(agents=(an_agent(site="faro"),)), porto, validate_only=False
        )
    await desk.apply_roster.apply(People(agents=(an_agent(),)), porto, validate_only=False)

    assert len(desk.store.saved) == 1

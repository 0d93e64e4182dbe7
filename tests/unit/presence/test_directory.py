from datetime import UTC, date, datetime, timedelta

from services.presence.app.directory import AgentDirectory
from tests.unit.presence.builders import MORNING
from tests.unit.presence.fakes import FakeRoster

ANA, BOB = "agents/ana", "agents/bob"


def a_directory(**sites: str) -> tuple[AgentDirectory, FakeRoster]:
    roster = FakeRoster({})
    directory = AgentDirectory(roster)
    directory.load({f"agents/{agent}": site for agent, site in sites.items()})
    return directory, roster


async def test_whom_the_copy_holds_nobody_is_asked_about() -> None:
    directory, roster = a_directory(ana="bank")

    assert (await directory.find_sites([ANA, ANA]))[ANA] == "bank"
    assert roster.asked == []


async def test_who_is_missing_is_asked_for_once_and_remembered() -> None:
    directory, roster = a_directory(ana="bank")
    roster.sites[BOB] = "shop"

    await directory.find_sites([ANA, BOB, BOB])
    await directory.find_sites([BOB])

    assert roster.asked == [[BOB]]
    assert directory.agents_of("shop") == (BOB,)


async def test_who_does_not_exist_is_left_out() -> None:
    directory, _ = a_directory()

    assert BOB not in await directory.find_sites([BOB])


def test_who_moves_leaves_her_former_site() -> None:
    directory, _ = a_directory(ana="bank", bob="bank")

    directory.apply({BOB: "shop"}, MORNING)

    assert directory.agents_of("bank") == (ANA,)
    assert directory.agents_of("shop") == (BOB,)


def test_a_late_message_of_the_former_site_moves_nobody_back() -> None:
    directory, _ = a_directory(bob="bank")

    directory.apply({BOB: "shop"}, MORNING)
    directory.apply({BOB: "bank"}, MORNING - timedelta(seconds=1))

    assert directory.site_of[BOB] == "shop"


def test_a_new_copy_forgets_whom_it_does_not_hold() -> None:
    directory, _ = a_directory(ana="bank", bob="bank")

    directory.load({ANA: "shop"})

    assert dict(directory.site_of) == {ANA: "shop"}
    assert directory.agents_of("bank") == ()


def test_a_new_copy_does_not_make_old_messages_count_again() -> None:
    directory, _ = a_directory(bob="bank")
    directory.apply({BOB: "shop"}, MORNING)

    directory.load({BOB: "shop"})
    directory.apply({BOB: "bank"}, MORNING - timedelta(seconds=1))

    assert directory.site_of[BOB] == "shop"


def test_a_team_is_learnt_from_the_copy_and_from_messages() -> None:
    directory, _ = a_directory(bob="bank")
    directory.load({ANA: "bank", BOB: "bank"}, {ANA: "teams/north"})
    known = (directory.team_of(ANA), directory.team_of(BOB))

    directory.apply({BOB: "bank"}, MORNING, {BOB: "teams/south"})
    directory.apply({BOB: "bank"}, MORNING - timedelta(seconds=1), {BOB: "teams/old"})

    assert known == ("teams/north", "")
    assert directory.team_of(BOB) == "teams/south"


def test_who_leaves_has_left_once_the_day_has_begun_everywhere() -> None:
    directory, _ = a_directory()
    directory.apply({ANA: "bank", BOB: "bank"}, MORNING, end_dates={ANA: date(2026, 11, 22)})
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)

    assert not directory.has_left(ANA, noon - timedelta(seconds=1))
    assert directory.has_left(ANA, noon)
    assert not directory.has_left(BOB, noon)


def test_who_stays_after_all_has_not_left() -> None:
    directory, _ = a_directory()
    directory.apply({ANA: "bank"}, MORNING, end_dates={ANA: date(2020, 1, 1)})

    directory.apply({ANA: "bank"}, MORNING + timedelta(seconds=1))

    assert not directory.has_left(ANA, MORNING)

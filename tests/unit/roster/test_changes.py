from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from services.roster.bus.encoding import encode_agents_changed
from services.roster.domain.changes import (
    MOST_BYTES_PER_MESSAGE,
    MOST_ROWS_PER_MESSAGE,
    decide_changes,
    split_messages,
)
from services.roster.domain.people import (
    Agent,
    AgentName,
    AgentSkill,
    People,
    Place,
    SiteName,
    SkillName,
)
from tests.unit.roster.builders import a_site, a_team, an_agent


def test_rows_are_new_or_different_or_as_they_are() -> None:
    known = People((a_site(),), (a_team(),), (an_agent("ana"), an_agent("ben")))
    requested = People(
        (a_site(label="Porto Norte"),),
        (a_team(),),
        (an_agent("ana"), an_agent("ben", team="fiber"), an_agent("eva")),
    )

    changes = decide_changes(requested, known)

    assert changes.created == People(agents=(an_agent("eva"),))
    assert changes.updated == People(
        (a_site(label="Porto Norte"),), agents=(an_agent("ben", team="fiber"),)
    )
    assert changes.unchanged_count == 2


def test_applying_the_same_again_changes_nothing() -> None:
    people = People((a_site(),), (a_team(),), (an_agent(),))

    changes = decide_changes(people, people)

    assert (len(changes.created), len(changes.updated)) == (0, 0)
    assert changes.told_by_site() == {}


def test_an_agent_who_moved_is_told_by_her_new_site() -> None:
    known = People((a_site(), a_site("faro")), agents=(an_agent(site="porto"),))

    changes = decide_changes(People(agents=(an_agent(site="faro"),)), known)

    assert changes.told_by_site() == {"sites/faro": (an_agent(site="faro"),)}


def test_sites_are_told_in_the_order_of_their_names() -> None:
    agents = (an_agent("z", site="porto"), an_agent("a", site="faro"))

    changes = decide_changes(People(agents=agents), People())

    assert list(changes.told_by_site()) == ["sites/faro", "sites/porto"]


SKILLS = st.lists(
    st.builds(AgentSkill, skill=st.just(SkillName("skills/" + "s" * 63)), level=st.integers(1, 5)),
    max_size=50,
)
AGENTS = st.lists(
    st.builds(
        Agent,
        name=st.text("ab1", min_size=1, max_size=63).map(lambda i: AgentName(f"agents/{i}")),
        display_name=st.text(min_size=1, max_size=200),
        site=st.just(SiteName("sites/porto")),
        team=st.none(),
        skills=SKILLS.map(tuple),
        end_date=st.none() | st.dates(),
    ),
    max_size=60,
)
PLACE = Place(SiteName("sites/porto"), 1, 2**40)


@given(AGENTS, st.integers(1, 40))
def test_messages_hold_all_agents_in_order_and_stay_within_their_limits(
    agents: list[Agent], times: int
) -> None:
    many = agents * times

    messages = list(split_messages(many))

    assert [agent for message in messages for agent in message] == many
    assert all(0 < len(message) <= MOST_ROWS_PER_MESSAGE for message in messages)
    now = datetime(2026, 3, 2, tzinfo=UTC)
    sizes = [len(encode_agents_changed(PLACE, message, now)) for message in messages]
    assert all(size < MOST_BYTES_PER_MESSAGE + 100 for size in sizes)


def test_a_message_tells_of_two_thousand_agents_at_most() -> None:
    agents = [an_agent(f"a{number}") for number in range(4_001)]

    assert [len(message) for message in split_messages(agents)] == [2_000, 2_000, 1]


def test_a_team_that_changed_is_told_before_its_agents() -> None:
    people = People(teams=(a_team(line="sales"),), agents=(an_agent(team="fiber"),))

    changes = decide_changes(people, People())

    assert changes.told_by_site() == {"sites/porto": (a_team(line="sales"), an_agent(team="fiber"))}

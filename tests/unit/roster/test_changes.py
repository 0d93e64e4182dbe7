from hypothesis import given
from hypothesis import strategies as st

from services.roster.domain.changes import (
    MOST_AGENTS_PER_MESSAGE,
    MOST_BYTES_PER_MESSAGE,
    decide_changes,
    split_messages,
)
from services.roster.domain.people import Agent, AgentName, People, SiteName
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
    assert changes.agents_by_site() == {}


def test_an_agent_who_moved_is_told_by_her_new_site() -> None:
    known = People((a_site(), a_site("faro")), agents=(an_agent(site="porto"),))

    changes = decide_changes(People(agents=(an_agent(site="faro"),)), known)

    assert changes.agents_by_site() == {"sites/faro": (an_agent(site="faro"),)}


def test_sites_are_told_in_the_order_of_their_names() -> None:
    agents = (an_agent("z", site="porto"), an_agent("a", site="faro"))

    changes = decide_changes(People(agents=agents), People())

    assert list(changes.agents_by_site()) == ["sites/faro", "sites/porto"]


AGENTS = st.lists(
    st.builds(
        Agent,
        name=st.text("ab1", min_size=1, max_size=63).map(lambda i: AgentName(f"agents/{i}")),
        display_name=st.text(min_size=1, max_size=200),
        site=st.just(SiteName("sites/porto")),
        team=st.none(),
    ),
    max_size=60,
)


@given(AGENTS, st.integers(1, 40))
def test_messages_hold_all_agents_in_order_and_stay_within_their_limits(
    agents: list[Agent], times: int
) -> None:
    many = agents * times

    messages = list(split_messages(many))

    assert [agent for message in messages for agent in message] == many
    assert all(0 < len(message) <= MOST_AGENTS_PER_MESSAGE for message in messages)
    labels = [sum(len(a.display_name.encode()) for a in message) for message in messages]
    assert all(size < MOST_BYTES_PER_MESSAGE for size in labels)


def test_a_message_tells_of_two_thousand_agents_at_most() -> None:
    agents = [an_agent(f"a{number}") for number in range(4_001)]

    assert [len(message) for message in split_messages(agents)] == [2_000, 2_000, 1]

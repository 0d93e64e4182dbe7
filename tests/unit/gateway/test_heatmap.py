from hypothesis import given
from hypothesis import strategies as st

from gateway.domain.heatmap import Person, Row, join_rows


def test_rows_come_by_display_name_and_point_to_their_timelines() -> None:
    people = [Person("agents/a", "Zoe", "teams/t"), Person("agents/b", "ana", "")]

    rows = join_rows(people, ["agents/a", "agents/b"])

    assert rows == (Row(people[1], 2), Row(people[0], 1))


def test_somebody_of_whom_nothing_is_known_points_to_none() -> None:
    rows = join_rows([Person("agents/a", "Ana", "")], [])

    assert [row.timeline_number for row in rows] == [0]


def test_somebody_who_left_the_roster_keeps_her_row_under_her_id() -> None:
    (row,) = join_rows([], ["agents/gone"])

    assert row == Row(Person("agents/gone", "gone", ""), 1)


ids = st.text("abcdef", min_size=1, max_size=2).map("agents/{}".format)


@given(st.sets(ids), st.sets(ids))
def test_every_agent_has_one_row_that_points_to_her_timeline(
    told: set[str], named: set[str]
) -> None:
    agents = sorted(told)

    rows = join_rows([Person(one, one[::-1], "") for one in named], agents)

    found = {row.person.agent: row.timeline_number for row in rows}
    assert len(found) == len(rows)
    assert found == {one: agents.index(one) + 1 if one in told else 0 for one in told | named}

from hypothesis import given
from hypothesis import strategies as st

from gateway.domain.heatmap import Person, join_rows
from tests.unit.gateway.fakes import timelines


def test_rows_come_by_display_name_with_their_own_intervals() -> None:
    people = [Person("agents/a", "Zoe", "teams/t"), Person("agents/b", "ana", "")]

    joined = join_rows(people, timelines(a=[0, 10], b=[5]))

    assert [row.person.display_name for row in joined.rows] == ["ana", "Zoe"]
    assert [row.interval_count for row in joined.rows] == [1, 2]
    assert joined.intervals.start_offsets_ms == [5, 0, 10]
    assert joined.intervals.states == [1, 1, 2]


def test_somebody_of_whom_nothing_is_known_has_an_empty_row() -> None:
    joined = join_rows([Person("agents/a", "Ana", "")], timelines(b=[0]))

    assert [(row.person.agent, row.interval_count) for row in joined.rows] == [
        ("agents/a", 0),
        ("agents/b", 1),
    ]
    assert joined.rows[0].last_change_time is None


def test_somebody_who_left_the_roster_keeps_her_row_under_her_id() -> None:
    joined = join_rows([], timelines(gone=[0]))

    assert joined.rows[0].person == Person("agents/gone", "gone", "")


def test_without_timelines_there_are_rows_without_intervals() -> None:
    joined = join_rows([Person("agents/a", "Ana", "teams/t")], None)

    assert [row.interval_count for row in joined.rows] == [0]
    assert joined.intervals.states == ()


ids = st.text("abcdef", min_size=1, max_size=2)


@given(st.dictionaries(ids, st.lists(st.integers(0, 86_400_000), max_size=5)), st.sets(ids))
def test_every_interval_stays_with_its_agent(known: dict[str, list[int]], named: set[str]) -> None:
    people = [Person(f"agents/{one}", one[::-1], "") for one in named]

    joined = join_rows(people, timelines(**known))

    found, start = {}, 0
    for row in joined.rows:
        end = start + row.interval_count
        found[row.person.agent] = joined.intervals.start_offsets_ms[start:end]
        start = end
    assert found == {f"agents/{one}": known.get(one, []) for one in known.keys() | named}
    assert start == len(joined.intervals.start_offsets_ms)

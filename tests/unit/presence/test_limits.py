from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.presence.domain.agent_state import replay
from services.presence.domain.entry import Details, Entry
from services.presence.domain.limit import Extension, extended_entry, limit_entry
from services.presence.domain.precedence import PrecedenceHistory
from services.presence.domain.state import EntryKind, State
from tests.unit.presence.builders import MORNING, an_entry

MINUTE = timedelta(minutes=1)
LONGER = Extension(2 * MINUTE, "long-note", "a difficult case", "accounts/ana")
RULES = PrecedenceHistory()


def a_wrap_up(limit: timedelta | None = MINUTE) -> Entry:
    limit_time = None if limit is None else MORNING + limit
    details = Details(limit_time=limit_time, queue="sales")
    return an_entry("ana", State.WRAP_UP, contacts=("c-1",), details=details)


@given(st.permutations(range(3)))
def test_a_limit_counts_for_its_own_wrap_up_in_any_order_of_recording(order: list[int]) -> None:
    wrap_up = a_wrap_up()
    extended = extended_entry(wrap_up, LONGER, "extend:1", MORNING + MINUTE / 2)
    entries = [wrap_up, extended, limit_entry(wrap_up, State.ONLINE)]

    state = replay([entries[index] for index in order], RULES)

    assert state.look.state is State.WRAP_UP
    assert state.limit_time == MORNING + 3 * MINUTE


def test_an_overrun_keeps_its_contacts_and_can_be_extended_from_now() -> None:
    wrap_up = a_wrap_up()
    overrun = limit_entry(wrap_up, State.WRAP_UP)

    extended = extended_entry(overrun, LONGER, "extend:1", MORNING + 5 * MINUTE)

    assert overrun.contacts == ("c-1",)
    assert extended.details.limit_time == MORNING + 7 * MINUTE
    assert (extended.kind, extended.details.queue) == (EntryKind.CHANGE, "sales")
    assert replay([wrap_up, overrun, extended], RULES).look.state is State.WRAP_UP


def test_a_wrap_up_without_a_limit_gets_one_from_now() -> None:
    extended = extended_entry(a_wrap_up(None), LONGER, "extend:1", MORNING + MINUTE)

    assert extended.details.limit_time == MORNING + 3 * MINUTE


def test_an_extension_comes_after_its_wrap_up_even_if_that_is_of_the_near_future() -> None:
    wrap_up = a_wrap_up()

    extended = extended_entry(wrap_up, LONGER, "extend:1", MORNING - MINUTE / 10)

    assert extended.order > wrap_up.order

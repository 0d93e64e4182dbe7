"""What is made to happen while the twin runs."""

from datetime import UTC, date, datetime, timedelta

import pytest

from services.dispatch.domain.words import Kind
from services.presence.domain.state import State
from simulator.twin.figures import StatesByAgent
from simulator.twin.happenings import ContactMoment, Happening, StateChange
from simulator.twin.setting import THREE_ZONES, Setting, Surge
from simulator.twin.twin import Twin

WEDNESDAY = date(2026, 11, 18)
# Half past eleven in Lisbon, which keeps to UTC in winter: everybody of the day is here.
NOON = datetime(2026, 11, 18, 11, 30, tzinfo=UTC)
NIGHT = datetime(2026, 11, 18, 3, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SETTING = Setting(THREE_ZONES[:2], agent_count=100)
AFTER_A_MINUTE = NOON + 61 * timedelta(seconds=1)


@pytest.fixture(scope="module")
def ran() -> tuple[Twin, list[Happening], list[Happening]]:
    """A twin with what it told before and after a mass sign-in at harbor."""
    twin = Twin(SETTING, WEDNESDAY)
    before = list(twin.run(NOON))
    twin.sign_in("harbor", MINUTE)
    return twin, before, list(twin.run(NOON + 30 * MINUTE))


def of_harbor(happenings: list[Happening]) -> list[StateChange]:
    changes = (it for it in happenings if isinstance(it, StateChange))
    return [it for it in changes if it.agent.startswith("agents/harbor-")]


def test_a_mass_sign_in_brings_everybody_on_shift_within_a_minute(
    ran: tuple[Twin, list[Happening], list[Happening]],
) -> None:
    twin, before, after = ran
    states = StatesByAgent([*before, *after])
    due = {
        shift.agent
        for shift in twin.plan_of(WEDNESDAY)
        if shift.is_due(NOON) and "harbor" in shift.agent
    }

    wave = [it for it in of_harbor(after) if it.occurred_time <= AFTER_A_MINUTE]

    in_again = {it.agent for it in wave if it.state is not State.OFFLINE}
    assert in_again == due
    assert len(wave) >= 2 * len(due) - 5
    assert all(states.at(agent, AFTER_A_MINUTE) is not State.OFFLINE for agent in due)


def test_a_mass_sign_in_touches_no_other_site(
    ran: tuple[Twin, list[Happening], list[Happening]],
) -> None:
    _, _, after = ran
    calm = Twin(SETTING, WEDNESDAY)
    calm.run(NOON)

    elsewhere = [it for it in after if it not in of_harbor(after) and "delta" in repr(it)]

    assert elsewhere == [it for it in calm.run(NOON + 30 * MINUTE) if "delta" in repr(it)]


def test_a_conversation_that_a_mass_sign_in_cuts_ends_once_and_work_goes_on(
    ran: tuple[Twin, list[Happening], list[Happening]],
) -> None:
    _, before, after = ran
    moments = [it for it in (*before, *after) if isinstance(it, ContactMoment)]
    ended = [it.contact for it in moments if it.kind is Kind.ENDED]
    cut = [it for it in moments if it.kind is Kind.ENDED and it.occurred_time == NOON]

    answered = {it.agent for it in after if isinstance(it, ContactMoment) and it.agent}

    assert cut
    assert len(set(ended)) == len(ended)
    assert len([it for it in answered if "harbor" in it]) > 10


def test_a_surge_is_felt_at_once_also_at_night() -> None:
    def enqueued(twin: Twin) -> int:
        told = twin.run(NIGHT + 5 * MINUTE)
        return sum(
            isinstance(it, ContactMoment)
            and it.kind is Kind.ENQUEUED
            and it.queue == "harbor-orders"
            for it in told
        )

    calm, surged = Twin(SETTING, WEDNESDAY), Twin(SETTING, WEDNESDAY)
    for twin in (calm, surged):
        twin.run(NIGHT)
    surged.surge(Surge("harbor-orders", NIGHT, 5 * MINUTE, 100))

    assert enqueued(surged) > enqueued(calm) + 3

"""Claimed times: what an entry of an agent's own source gets, whatever her clock says."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from chassis.telemetry import silent_telemetry
from services.presence.app.claims import Claims
from services.presence.app.skews import Skews
from services.presence.app.source_ports import Client
from services.presence.domain.claim import TAKEN_WITHIN, judge_claim
from services.presence.domain.report import Origin, Report
from services.presence.domain.skew import MOST_SAMPLES, Samples
from services.presence.domain.state import SourceKind
from services.presence.telemetry import SourceTelemetry
from tests.unit.presence.builders import MORNING, a_report

HOUR = timedelta(hours=1)
WEB = Origin("web", SourceKind.AGENT, "accounts/ana")
PBX = Origin("pbx", SourceKind.TELEPHONY, "accounts/pbx")
ANA, BOB = Client("web", "agents/ana"), Client("web", "agents/bob")

SPANS = st.integers(-(10**10), 10**10).map(lambda us: timedelta(microseconds=us))


@given(SPANS, SPANS)
@example(HOUR, TAKEN_WITHIN)
@example(-HOUR, TAKEN_WITHIN + timedelta(microseconds=1))
def test_a_time_is_a_claim_if_it_lies_too_far_from_its_receipt_by_our_clock(
    skew: timedelta, ago: timedelta
) -> None:
    truth = MORNING - ago

    claimed = judge_claim(truth + skew, skew, MORNING)

    assert claimed.occurred_time == truth
    assert claimed.is_claim == (abs(ago) > TAKEN_WITHIN)


class FakeSkewStore:
    """Samples in memory; counts how often it is asked."""

    def __init__(self, **samples: Samples) -> None:
        self.samples = {Client("web", f"agents/{name}"): each for name, each in samples.items()}
        self.asked = 0

    async def read_samples(self, clients: Collection[Client]) -> Mapping[Client, Samples]:
        self.asked += 1
        return {client: self.samples[client] for client in clients if client in self.samples}

    async def add_samples(self, samples: Mapping[Client, Samples]) -> Mapping[Client, Samples]:
        for client, new in samples.items():
            self.samples[client] = (*self.samples.get(client, ()), *new)[-MOST_SAMPLES:]
        return {client: self.samples[client] for client in samples}


def claims_on(store: FakeSkewStore) -> tuple[Claims, Skews]:
    skews = Skews(store, SourceTelemetry(silent_telemetry()))
    return Claims(skews), skews


def pressed(agent: str = "ana", occurred_time: datetime = MORNING) -> Report:
    return a_report(agent=f"agents/{agent}", occurred_time=occurred_time)


async def test_the_clock_that_a_call_tells_counts_for_its_own_reports() -> None:
    claims, _ = claims_on(FakeSkewStore())

    (judged,) = await claims.judge([pressed("ana", MORNING + HOUR)], WEB, MORNING + HOUR, MORNING)

    assert (judged.occurred_time, judged.source_time) == (MORNING, MORNING + HOUR)
    assert not judged.is_claim


async def test_a_call_for_many_agents_measures_none_of_their_clocks() -> None:
    store = FakeSkewStore(ana=(3_600_000_000,))
    claims, skews = claims_on(store)
    reports = [pressed("ana", MORNING + HOUR), pressed("bob", MORNING)]

    ana, bob = await claims.judge(reports, WEB, MORNING + 2 * HOUR, MORNING)
    await skews.flush()

    assert (ana.occurred_time, ana.is_claim) == (MORNING, False)
    assert (bob.occurred_time, bob.source_time, bob.is_claim) == (MORNING, None, False)
    assert set(store.samples) == {ANA}


async def test_a_telephone_systems_times_stay_and_its_clock_is_measured() -> None:
    store = FakeSkewStore()
    claims, skews = claims_on(store)
    reports = [pressed("ana", MORNING - HOUR), pressed("bob", MORNING)]

    judged = await claims.judge(reports, PBX, MORNING + HOUR, MORNING)
    await skews.flush()

    assert judged == reports
    assert store.samples == {Client("pbx", ""): (3_600_000_000,)}


async def test_a_repeat_is_the_same_report_whatever_was_measured_between() -> None:
    claims, _ = claims_on(FakeSkewStore())
    late = MORNING + HOUR

    (first,) = await claims.judge([pressed()], WEB, MORNING, MORNING)
    (again,) = await claims.judge([pressed()], WEB, late + HOUR, late)

    assert first.occurred_time != again.occurred_time
    assert (first.source_time or first.occurred_time) == again.source_time


async def test_a_time_that_no_clock_can_show_is_left_as_it_is() -> None:
    claims, _ = claims_on(FakeSkewStore(ana=(-(10**17),)))
    last = MORNING.replace(year=9999)

    (judged,) = await claims.judge([pressed("ana", last)], WEB, None, MORNING)

    assert judged.occurred_time == last


async def test_a_clock_of_no_use_makes_no_past_time_believable() -> None:
    claims, _ = claims_on(FakeSkewStore())
    end_of_times = MORNING.replace(year=9999)

    (judged,) = await claims.judge([pressed("ana", MORNING - HOUR)], WEB, end_of_times, MORNING)

    assert (judged.occurred_time, judged.is_claim) == (MORNING - HOUR, True)


@given(st.integers(25, 10_000).map(lambda hours: timedelta(hours=hours)), st.sampled_from([1, -1]))
async def test_what_a_clock_beyond_all_bounds_tells_stays_a_claim(
    off: timedelta, direction: int
) -> None:
    claims, _ = claims_on(FakeSkewStore())
    shown = MORNING + direction * off

    (judged,) = await claims.judge([pressed("ana", shown)], WEB, shown, MORNING)

    assert (judged.occurred_time, judged.is_claim) == (shown, True)


async def test_samples_are_looked_up_once_and_kept() -> None:
    store = FakeSkewStore(ana=(1_000_000,))
    _, skews = claims_on(store)

    for _ in range(3):
        assert (await skews.of([ANA, BOB]))[ANA] == timedelta(seconds=1)

    assert store.asked == 1

"""A contact and a queue whose bytes are committed. Whoever changes them changes a format."""

from datetime import UTC, datetime, timedelta

from services.dispatch.domain.event import ContactKey, Event, Place
from services.dispatch.domain.fold import fold_contact
from services.dispatch.domain.queue import Queue, QueueKey
from services.dispatch.domain.service_level import Policy
from services.dispatch.domain.words import Channel, Consent, Direction, Kind, Party, Priority

_NINE = datetime(2026, 3, 29, 9, 0, 0, 123456, tzinfo=UTC)
_ANA = "agents/ana"


def _after(seconds: float) -> datetime:
    return _NINE + timedelta(seconds=seconds)


CONTACT = fold_contact(
    ContactKey("bank", "pbx", "聊天/8"),
    (
        Event(
            "e-1",
            Kind.ENQUEUED,
            _NINE,
            queue="support",
            channel=Channel.CALL,
            direction=Direction.INBOUND,
            priority=Priority.HIGH,
        ),
        Event("e-2", Kind.RINGING, _after(9), agent=_ANA),
        Event("e-3", Kind.ANSWERED, _after(12), agent=_ANA, wait=timedelta(seconds=11)),
        Event("e-4", Kind.HELD, _after(30)),
        Event("e-5", Kind.RESUMED, _after(42)),
        Event(
            "e-6",
            Kind.RECORDED,
            _after(50),
            recording_reference="r/8.wav",
            consent=Consent.GIVEN,
        ),
        Event("e-7", Kind.TRANSFERRED, _after(60), target_queue="sales"),
        Event("e-8", Kind.ENDED, _after(90), ended_by=Party.CUSTOMER),
        Event("e-9", Kind.WRAPPED_UP, _after(100), agent=_ANA),
    ),
)
QUEUE = Queue(
    key=QueueKey("bank", "support"),
    display_names={"en": "Support", "zh-Hans": "支持"},
    channel=Channel.CALL,
    target=timedelta(seconds=30),
    short_abandon=timedelta(milliseconds=2_500),
    policy=Policy.OF_OFFERED_WITHOUT_SHORT_ABANDONS,
    includes_other_leavers=True,
    applied=True,
)
PLACE = Place("bank", 1, 7)
RECORDED_TIME = _after(120)

"""What a queue log tells of calls, in the eyes of dispatch itself."""

from collections.abc import Sequence
from pathlib import Path

from google.protobuf.timestamp_pb2 import Timestamp
from muster.dispatch.v1 import contact_pb2 as pb
from muster.dispatch.v1 import contact_service_pb2 as wire
from muster.dispatch.v1.contact_service_pb2_grpc import ContactServiceStub

from cli.adapters.queue_log.live import LiveLog
from cli.importing.queue_log.contact_events import contact_events
from cli.importing.queue_log.lines import parse_line
from cli.importing.queue_log.naming import Ids
from cli.importing.queue_log.reading import read_queue_log
from cli.importing.queue_log.rules import Rules
from tests.component.dispatch.conftest import (  # noqa: F401 - fixtures are found by their names
    dispatch,
    replica,
    replicas,
    roster_target,
)

START = 1_772_434_800
LOG = """\
0|c1|care|NONE|ENTERQUEUE||0123|1
25|c1|care|SIP/1|CONNECT|24|u1|9
146|c1|care|SIP/1|BLINDTRANSFER|401|internal|24|120|1
147|c1|sales|NONE|ENTERQUEUE||0123|1
151|c1|sales|SIP/2|CONNECT|4|u2|3
331|c1|sales|SIP/2|COMPLETECALLER|4|180|1
400|c2|care|NONE|ENTERQUEUE||0124|1
460|c2|care|NONE|EXITWITHTIMEOUT|1|1|60
461|c2|sales|NONE|ENTERQUEUE||0124|1
491|c2|sales|NONE|ABANDON|1|1|30
500|c3|care|NONE|ENTERQUEUE||0125|1
510|c3|care|SIP/1|CONNECT|10|u3|5
600|c3|care|SIP/1|ATTENDEDTRANSFER|BRIDGE|b|10|90|1
"""
"""Times count from the start."""
LINES = [
    f"{START + int(at)}|{rest}"
    for at, _, rest in (line.partition("|") for line in LOG.splitlines())
]
RULES = Rules(aliases={"SIP/1": "Ana", "SIP/2": "Bob"})

_Stay = pb.QueueStay


async def test_contacts_have_the_stays_legs_and_seconds_of_the_log(
    dispatch: ContactServiceStub,  # noqa: F811 - the fixture
    tmp_path: Path,
) -> None:
    await _report(dispatch, _imported(tmp_path))

    await _check_contacts(dispatch)


async def test_a_log_that_is_followed_line_by_line_comes_to_the_same_contacts(
    dispatch: ContactServiceStub,  # noqa: F811 - the fixture
) -> None:
    live = LiveLog(RULES, {})
    for line in LINES:
        changes = live.feed(parse_line(line, RULES.zone))
        events = [change for change in changes if isinstance(change, pb.ContactEvent)]
        if events:
            await _report(dispatch, events)

    await _check_contacts(dispatch)


async def _check_contacts(dispatch: ContactServiceStub) -> None:  # noqa: F811 - the fixture
    contacts = {contact.contact_id: contact for contact in await _list(dispatch)}

    assert {name: _shape(contact) for name, contact in contacts.items()} == {
        "c1": (
            pb.Contact.OUTCOME_ANSWERED,
            pb.PARTY_CUSTOMER,
            [("care", _Stay.OUTCOME_ANSWERED, 24), ("sales", _Stay.OUTCOME_ANSWERED, 4)],
            [("agents/ana", 120), ("agents/bob", 180)],
        ),
        "c2": (
            pb.Contact.OUTCOME_ABANDONED,
            pb.PARTY_UNSPECIFIED,
            [("care", _Stay.OUTCOME_TIMED_OUT, 60), ("sales", _Stay.OUTCOME_ABANDONED, 30)],
            [],
        ),
        "c3": (
            pb.Contact.OUTCOME_ANSWERED,
            pb.PARTY_UNSPECIFIED,
            [("care", _Stay.OUTCOME_ANSWERED, 10)],
            [("agents/ana", 90)],
        ),
    }
    assert all(contact.state == pb.Contact.STATE_ENDED for contact in contacts.values())


async def test_importing_twice_records_nothing_anew(
    dispatch: ContactServiceStub,  # noqa: F811 - the fixture
    tmp_path: Path,
) -> None:
    events = _imported(tmp_path)
    await _report(dispatch, events)
    before = await _list(dispatch)

    again = await _report(dispatch, events)

    assert set(again.outcomes) == {wire.ReportContactsResponse.OUTCOME_ALREADY_RECORDED}
    assert await _list(dispatch) == before


def _imported(folder: Path) -> list[pb.ContactEvent]:
    file = folder / "queue_log"
    file.write_text("".join(f"{line}\n" for line in LINES))
    with read_queue_log([file], RULES) as log:
        return list(contact_events(log.legs(), Ids("person", ""), Ids("queue", "")))


async def _report(
    service: ContactServiceStub, events: Sequence[pb.ContactEvent]
) -> wire.ReportContactsResponse:
    answer: wire.ReportContactsResponse = await service.ReportContacts(
        wire.ReportContactsRequest(
            site="sites/harbor",
            source="import-queue-log",
            source_kind=pb.SOURCE_KIND_IMPORT,
            events=events,
        )
    )
    assert list(answer.refusals) == []
    return answer


async def _list(service: ContactServiceStub) -> list[pb.Contact]:
    answer = await service.ListContacts(
        wire.ListContactsRequest(
            site="sites/harbor",
            start_time=Timestamp(seconds=START),
            end_time=Timestamp(seconds=START + 3_600),
        )
    )
    return list(answer.contacts)


def _shape(contact: pb.Contact) -> tuple[object, ...]:
    return (
        contact.outcome,
        contact.ended_by,
        [
            (stay.queue.rpartition("/")[2], stay.outcome, stay.wait.seconds)
            for stay in contact.stays
        ],
        [(leg.agent, leg.talk.seconds) for leg in contact.legs],
    )

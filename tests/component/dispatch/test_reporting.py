"""Recording what happened."""

import grpc
import pytest
from muster.dispatch.v1 import contact_pb2 as contact
from muster.dispatch.v1 import contact_service_pb2 as wire
from muster.dispatch.v1 import events_pb2
from muster.dispatch.v1.contact_service_pb2_grpc import ContactServiceStub

from chassis.bus import Bus, subject_of
from chassis.rpc.channel import refusal_from
from chassis.scope import Scope
from tests.component.dispatch.replicas import Replica, Replicas
from tests.component.dispatch.requests import (
    ALREADY,
    RECORDED,
    REFUSED,
    Kind,
    a_list,
    a_report,
    answered,
    ended,
    enqueued,
    event,
    span,
)


async def test_a_call_is_a_contact_from_the_moment_it_is_enqueued(
    dispatch: ContactServiceStub,
) -> None:
    answer = await dispatch.ReportContacts(
        a_report(enqueued("c 1", 60, channel=contact.CHANNEL_CALL))
    )

    (listed,) = (await dispatch.ListContacts(a_list())).contacts
    assert list(answer.outcomes) == [RECORDED]
    assert listed.contact_id == "c 1"
    assert listed.state == contact.Contact.STATE_WAITING
    assert listed.stays[0].queue == "sites/harbor/queues/support"
    assert listed.cursor == answer.cursor
    assert await dispatch.GetContact(wire.GetContactRequest(name=listed.name)) == listed


async def test_events_in_any_calls_and_order_make_one_contact(dispatch: ContactServiceStub) -> None:
    events = [enqueued("c1", 60), answered("c1", 45), ended("c1", 15, talk=span(28))]

    first = await dispatch.ReportContacts(a_report(events[2], events[0]))
    second = await dispatch.ReportContacts(a_report(events[1], events[2]))
    third = await dispatch.ReportContacts(a_report(*events))

    (listed,) = (await dispatch.ListContacts(a_list())).contacts
    assert list(first.outcomes) == [RECORDED, RECORDED]
    assert list(second.outcomes) == [RECORDED, ALREADY]
    assert list(third.outcomes) == [ALREADY] * 3
    assert third.cursor == second.cursor
    assert listed.outcome == contact.Contact.OUTCOME_ANSWERED
    assert (listed.legs[0].talk, listed.stays[0].wait) == (span(28), span(15))


async def test_a_late_event_takes_back_a_stay_that_was_assumed(
    dispatch: ContactServiceStub,
) -> None:
    await dispatch.ReportContacts(
        a_report(
            enqueued("c1", 90),
            event("c1", Kind.KIND_OVERFLOWED, 60, target_queue_id="sales"),
            enqueued("c1", 60, queue_id="sales", source_sequence=1),
            answered("c1", 30),
        )
    )
    # The overflow was a mistake of the clock: the call was abandoned before.
    await dispatch.ReportContacts(a_report(event("c1", Kind.KIND_ABANDONED, 80)))

    (listed,) = (await dispatch.ListContacts(a_list())).contacts
    assert [stay.outcome for stay in listed.stays] == [contact.QueueStay.OUTCOME_ABANDONED]
    assert not listed.legs


async def test_what_cannot_be_recorded_is_refused_by_itself(dispatch: ContactServiceStub) -> None:
    answer = await dispatch.ReportContacts(
        a_report(
            answered("c1", 30, "nobody"), enqueued("c1", 60), event("c1", Kind.KIND_ENQUEUED, 50)
        )
    )

    assert list(answer.outcomes) == [REFUSED, RECORDED, REFUSED]
    assert [(it.index, it.reason) for it in answer.refusals] == [
        (0, "UNKNOWN_AGENT"),
        (2, "INVALID_FIELD"),
    ]
    assert answer.refusals[1].message.startswith("queue_id: ")


async def test_two_sources_and_two_sites_may_have_the_same_ids(
    dispatch: ContactServiceStub,
) -> None:
    for site, source in (("harbor", "pbx"), ("harbor", "chats"), ("shop", "pbx")):
        answer = await dispatch.ReportContacts(
            a_report(enqueued("1", 60), site=site, source=source)
        )
        assert list(answer.outcomes) == [RECORDED]

    harbor = (await dispatch.ListContacts(a_list())).contacts
    shop = (await dispatch.ListContacts(a_list("shop"))).contacts
    assert {it.source for it in harbor} == {"pbx", "chats"}
    assert len({it.name for it in (*harbor, *shop)}) == 3


@pytest.mark.parametrize("site", ["shop", "nowhere"])
async def test_a_site_that_is_not_hers_is_not_there(
    replicas: Replicas, replica: Replica, site: str
) -> None:
    limited = replicas.caller(replica, scope=Scope(frozenset({"sites/harbor"})))

    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await limited.ReportContacts(a_report(enqueued("c1", 60), site=site))

    assert refusal_from(raised.value).reason == "UNKNOWN_SITE"


async def test_an_agent_of_another_site_is_out_of_scope(
    replicas: Replicas, replica: Replica
) -> None:
    limited = replicas.caller(replica, scope=Scope(frozenset({"sites/harbor"})))

    answer = await limited.ReportContacts(
        a_report(answered("c1", 9, "tom"), answered("c2", 9, "nobody"), answered("c3", 9, "ana"))
    )

    assert [it.reason for it in answer.refusals] == ["OUT_OF_SCOPE"] * 2


async def test_a_request_that_no_event_can_mend_names_its_fields(
    dispatch: ContactServiceStub,
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await dispatch.ReportContacts(wire.ReportContactsRequest(site="harbor", source="P B X"))

    refusal = refusal_from(raised.value)
    assert refusal.reason == "INVALID_FIELD"
    assert [it.field for it in refusal.violations] == ["site", "source", "source_kind", "events"]


async def test_a_commit_is_told_once_in_the_order_of_its_site(
    dispatch: ContactServiceStub, bus: Bus
) -> None:
    answer = await dispatch.ReportContacts(a_report(enqueued("c1", 60), enqueued("c2", 50)))
    subscription = await bus.jetstream.subscribe(
        subject_of("dispatch", "contacts_changed", "harbor"), ordered_consumer=True
    )

    told = [
        events_pb2.ContactsChanged.FromString((await subscription.next_msg(timeout=30)).data)
        for _ in range(2)
    ]
    replayed = [
        changed
        async for changed in dispatch.ReplayChanges(
            wire.ReplayChangesRequest(after=contact.Cursor(site="sites/harbor", epoch=1, seq=0))
        )
    ]

    queues, contacts = told
    assert [it.name for it in queues.queues] == ["sites/harbor/queues/support"]
    assert {it.contact_id for it in contacts.contacts} == {"c1", "c2"}
    assert contacts.cursor == answer.cursor
    assert replayed == told


async def test_two_replicas_record_one_contact_without_losing_an_event(
    replicas: Replicas, replica: Replica
) -> None:
    other = await replicas.start()
    callers = [replicas.caller(replica), replicas.caller(other)]

    for number in range(20):
        await callers[number % 2].ReportContacts(
            a_report(event("c1", Kind.KIND_HELD, 60 - number), answered("c1", 70, event_id="a"))
        )

    (listed,) = (await callers[0].ListContacts(a_list())).contacts
    assert listed.cursor.seq == 20
    assert len(listed.legs) == 1

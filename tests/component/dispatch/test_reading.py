"""Reading contacts, and who may."""

import grpc
import pytest
from muster.dispatch.v1 import contact_pb2 as contact
from muster.dispatch.v1 import contact_service_pb2 as wire
from muster.dispatch.v1.contact_service_pb2_grpc import ContactServiceStub

from chassis.rpc.channel import refusal_from
from chassis.scope import Scope
from tests.component.dispatch.replicas import Replica, Replicas
from tests.component.dispatch.requests import (
    NOW,
    Kind,
    a_list,
    a_report,
    abandoned,
    an_agent_list,
    answered,
    ended,
    enqueued,
    event,
    span,
    timestamp,
)

ANA_ALONE = Scope(frozenset(), frozenset({"agents/ana"}))


@pytest.fixture
async def floor(dispatch: ContactServiceStub) -> ContactServiceStub:
    """Ana talked in c1, Bob in c2, c3 was abandoned, c4 waits; Tom of the shop talked in s1."""
    await dispatch.ReportContacts(
        a_report(
            enqueued("c1", 600),
            answered("c1", 590, "ana"),
            ended("c1", 500),
            event("c1", Kind.KIND_WRAPPED_UP, 470, wrap_up=span(30)),
            enqueued("c2", 400, "sales"),
            answered("c2", 390, "bob"),
            ended("c2", 300),
            enqueued("c3", 200),
            abandoned("c3", 150),
            enqueued("c4", 100),
        )
    )
    await dispatch.ReportContacts(a_report(answered("s1", 90, "tom"), site="shop"))
    return dispatch


async def listed(caller: ContactServiceStub, **wanted: object) -> list[str]:
    answer = await caller.ListContacts(a_list(**wanted))  # type: ignore[arg-type]  # by name
    return [it.contact_id for it in answer.contacts]


async def test_contacts_are_listed_by_start_and_filtered_by_what_is_asked(
    floor: ContactServiceStub,
) -> None:
    assert await listed(floor) == ["c1", "c2", "c3", "c4"]
    assert await listed(floor, queue="sites/harbor/queues/sales") == ["c2"]
    assert await listed(floor, agent="agents/ana") == ["c1"]
    assert await listed(floor, state=contact.Contact.STATE_WAITING) == ["c4"]
    assert await listed(floor, end_time=timestamp(NOW)) == ["c1", "c2", "c3", "c4"]
    assert await listed(floor, site="shop") == ["s1"]


async def test_pages_hold_everything_once_in_order(floor: ContactServiceStub) -> None:
    request = a_list(page_size=1)
    seen = []

    while True:
        answer = await floor.ListContacts(request)
        seen += [it.contact_id for it in answer.contacts]
        if not answer.next_page_token:
            break
        request.page_token = answer.next_page_token

    assert seen == ["c1", "c2", "c3", "c4"]


async def test_a_page_token_of_another_list_is_refused(floor: ContactServiceStub) -> None:
    answer = await floor.ListContacts(a_list(page_size=1))

    for token in (answer.next_page_token, "bm9uc2Vuc2U="):
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await floor.ListContacts(a_list("shop", page_token=token))
        assert refusal_from(raised.value).reason == "INVALID_PAGE_TOKEN"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (595, 591, []),
        (550, 540, ["c1"]),
        (480, 475, ["c1"]),
        (470, 460, []),
        (590, 589, ["c1"]),
    ],
)
async def test_a_busy_segment_lists_the_contacts_that_went_on_in_it_with_the_work_after_them(
    floor: ContactServiceStub, first: float, last: float, expected: list[str]
) -> None:
    answer = await floor.ListAgentContacts(an_agent_list("ana", first, last))

    assert [it.contact_id for it in answer.contacts] == expected


async def test_whoever_sees_an_agent_sees_her_contacts_and_no_others(
    floor: ContactServiceStub, replicas: Replicas, replica: Replica
) -> None:
    ana = replicas.caller(replica, scope=ANA_ALONE)

    (own,) = (await ana.ListAgentContacts(an_agent_list("ana", 900, 0))).contacts

    assert own.contact_id == "c1"
    assert await listed(ana) == ["c1"]
    assert await ana.GetContact(wire.GetContactRequest(name=own.name)) == own
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await ana.ListAgentContacts(an_agent_list("bob", 900, 0))
    assert refusal_from(raised.value).reason == "UNKNOWN_AGENT"


async def test_a_contact_out_of_scope_is_as_if_it_did_not_exist(
    floor: ContactServiceStub, replicas: Replicas, replica: Replica
) -> None:
    (others,) = (await floor.ListContacts(a_list(agent="agents/bob"))).contacts
    ana = replicas.caller(replica, scope=ANA_ALONE)
    shop = replicas.caller(replica, scope=Scope(frozenset({"sites/shop"})))

    for caller in (ana, shop):
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await caller.GetContact(wire.GetContactRequest(name=others.name))
        assert refusal_from(raised.value).reason == "UNKNOWN_CONTACT"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"site": "har bor"}, "site"),
        ({"queue": "sites/shop/queues/support"}, "queue"),
        ({"agent": "ana"}, "agent"),
        ({"page_size": -1}, "page_size"),
        ({"end_time": timestamp(NOW.replace(year=2020))}, "end_time"),
        ({"state": 99}, "state"),
    ],
)
async def test_a_malformed_list_names_its_field(
    dispatch: ContactServiceStub, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await dispatch.ListContacts(a_list(**changes))  # type: ignore[arg-type]  # by name

    assert [it.field for it in refusal_from(raised.value).violations] == [field]

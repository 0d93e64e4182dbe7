from typing import Any

import pytest
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from muster.gateway.v1 import board_service_pb2, push_pb2
from muster.options.v1 import options_pb2
from muster.presence.v1 import events_pb2, presence_service_pb2, state_pb2, timeline_service_pb2

from chassis.errors import Code, Refusal
from chassis.fields import (
    check_writable,
    may_read,
    read_permissions,
    readable,
    visibility_class,
)

REASONS = "presence.reasons.read"
NOTHING = frozenset[str]()
EVERYBODY = frozenset({REASONS, "presence.log.read"})


def an_entry(reason: str) -> state_pb2.StateLogEntry:
    return state_pb2.StateLogEntry(agent="agents/ana", reason=reason, text="she said so")


def test_who_holds_the_permission_gets_the_answer_itself() -> None:
    entry = an_entry("lunch")

    assert readable(entry, EVERYBODY) is entry


def test_a_message_without_rules_is_never_copied() -> None:
    moment = timeline_service_pb2.Strips(agents=["agents/ana"])

    assert readable(moment, NOTHING) is moment


def test_who_lacks_it_gets_the_rest() -> None:
    seen = readable(an_entry("lunch"), NOTHING)

    assert seen == state_pb2.StateLogEntry(agent="agents/ana")


def test_an_answer_that_others_share_stays_as_it_is() -> None:
    entry = an_entry("lunch")

    readable(entry, NOTHING)

    assert entry == an_entry("lunch")


def test_fields_of_messages_in_messages_and_in_lists_are_cleared() -> None:
    answer = presence_service_pb2.ListStateLogResponse(
        entries=[an_entry("lunch"), an_entry("dentist")], opening_entry=an_entry("training")
    )

    seen = readable(answer, NOTHING).SerializeToString()

    for word in (b"lunch", b"dentist", b"training", b"she said so"):
        assert word not in seen


def test_columns_of_reasons_are_cleared_and_the_others_stay() -> None:
    changes = events_pb2.AgentStatesChanged(
        agents=["agents/ana"], reason_indexes=[1], reasons=["", "lunch"], current_reason_indexes=[1]
    )
    answer = timeline_service_pb2.WatchAgentStatesResponse(changes=changes)

    seen = readable(answer, NOTHING)

    assert seen.changes == events_pb2.AgentStatesChanged(agents=["agents/ana"])


def test_looks_of_packed_timelines_lose_their_reasons_wherever_they_are_embedded() -> None:
    look = timeline_service_pb2.SiteTimelines.Look(state=state_pb2.STATE_BREAK, reason="lunch")
    board = board_service_pb2.Heatmap(
        timelines=timeline_service_pb2.SiteTimelines(looks=[look], lengths_packed=b"kept")
    )

    seen = readable(board, NOTHING)

    assert b"lunch" not in seen.SerializeToString()
    assert seen.timelines.lengths_packed == b"kept"


def test_the_rule_of_a_single_field_can_be_asked() -> None:
    assert may_read(push_pb2.BoardChanges, "agents", NOTHING)
    assert not may_read(push_pb2.BoardChanges, "reasons", NOTHING)
    assert may_read(push_pb2.BoardChanges, "reasons", EVERYBODY)


def test_a_visibility_class_holds_what_matters_for_the_message_alone() -> None:
    assert read_permissions(push_pb2.BoardChanges) == {REASONS}
    assert visibility_class(push_pb2.BoardChanges, EVERYBODY) == {REASONS}
    assert visibility_class(push_pb2.BoardChanges, NOTHING) == NOTHING


def test_a_request_that_sets_a_closed_field_is_refused_with_field_and_permission() -> None:
    kind = _described_tree()
    tree = kind(boughs=[{}, {"boughs": [{"fruit": "pear"}]}])

    with pytest.raises(Refusal) as refused:
        check_writable(tree, NOTHING)

    assert (refused.value.code, refused.value.reason) == (
        Code.PERMISSION_DENIED,
        "FIELD_FORBIDDEN",
    )
    assert refused.value.metadata == {
        "field": "boughs[1].boughs[0].fruit",
        "permission": "tree.fruit.write",
    }


def test_a_request_is_free_to_leave_a_closed_field_out_or_to_hold_the_permission() -> None:
    kind = _described_tree()

    check_writable(kind(boughs=[{}]), NOTHING)
    check_writable(kind(fruit="pear"), frozenset({"tree.fruit.write"}))


def test_values_of_maps_are_looked_into() -> None:
    kind = _described_tree()
    tree = kind(named={"low": {"fruit": "pear", "leaf": "green"}})

    with pytest.raises(Refusal, match=r"named\[low\]\.fruit"):
        check_writable(tree, NOTHING)
    assert readable(tree, NOTHING) == kind(named={"low": {"fruit": "pear"}})


def test_a_field_that_knows_whether_it_is_set_is_cleared_even_when_it_is_empty() -> None:
    kind = _described_tree()

    seen = readable(kind(moment={}), NOTHING)

    assert not seen.HasField("moment")


def _described_tree() -> Any:
    """A message type that holds itself, in a list and in a map, with closed fields."""
    pool = descriptor_pool.Default()
    name = "muster.tree.v1.Tree"
    try:
        found = pool.FindMessageTypeByName(name)
    except KeyError:
        pool.AddSerializedFile(_tree_file().SerializeToString())
        found = pool.FindMessageTypeByName(name)
    return message_factory.GetMessageClass(found)


def _tree_file() -> descriptor_pb2.FileDescriptorProto:
    field = descriptor_pb2.FieldDescriptorProto
    file = descriptor_pb2.FileDescriptorProto(
        name="muster/tree/v1/tree.proto",
        package="muster.tree.v1",
        syntax="proto3",
        dependency=["muster/options/v1/options.proto"],
    )
    tree = file.message_type.add(name="Tree")
    entry = tree.nested_type.add(name="NamedEntry")
    entry.options.map_entry = True
    entry.field.add(name="key", number=1, type=field.TYPE_STRING, label=field.LABEL_OPTIONAL)
    one, many = field.LABEL_OPTIONAL, field.LABEL_REPEATED
    itself = ".muster.tree.v1.Tree"
    entry.field.add(name="value", number=2, type=field.TYPE_MESSAGE, label=one, type_name=itself)
    tree.field.add(name="boughs", number=1, type=field.TYPE_MESSAGE, label=many, type_name=itself)
    tree.field.add(
        name="named",
        number=2,
        type=field.TYPE_MESSAGE,
        label=many,
        type_name=f"{itself}.NamedEntry",
    )
    fruit = tree.field.add(name="fruit", number=3, type=field.TYPE_STRING, label=one)
    _rule(fruit).write_permission = "tree.fruit.write"
    leaf = tree.field.add(name="leaf", number=4, type=field.TYPE_STRING, label=one)
    _rule(leaf).read_permission = "tree.leaf.read"
    moment = tree.field.add(
        name="moment", number=5, type=field.TYPE_MESSAGE, label=one, type_name=itself
    )
    _rule(moment).read_permission = "tree.moment.read"
    return file


def _rule(field: descriptor_pb2.FieldDescriptorProto) -> options_pb2.FieldAccess:
    options: Any = field.options  # the stubs of extensions know another type of options
    rule: options_pb2.FieldAccess = options.Extensions[options_pb2.field_access]
    return rule

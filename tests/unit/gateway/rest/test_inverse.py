"""What Google's own client library makes of a message arrives as the same message."""

from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from google.api_core import rest_helpers
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.gateway.rest.rules import CATALOGUE, Backend, Everything, message_class

# The path of what the library makes is not encoded further than it does by itself.
NAMES = st.text("abcXYZ019-_~ %+:ß你", min_size=1, max_size=12)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_WHOLE = {
    FieldDescriptor.TYPE_INT32: st.integers(-(2**31), 2**31 - 1),
    FieldDescriptor.TYPE_INT64: st.integers(-(2**63), 2**63 - 1),
    FieldDescriptor.TYPE_SINT64: st.integers(-(2**63), 2**63 - 1),
    FieldDescriptor.TYPE_UINT32: st.integers(0, 2**32 - 1),
    FieldDescriptor.TYPE_UINT64: st.integers(0, 2**64 - 1),
    FieldDescriptor.TYPE_FIXED64: st.integers(0, 2**64 - 1),
    FieldDescriptor.TYPE_BOOL: st.booleans(),
    FieldDescriptor.TYPE_FLOAT: st.floats(width=32, allow_nan=False),
    FieldDescriptor.TYPE_DOUBLE: st.floats(allow_nan=False),
    FieldDescriptor.TYPE_STRING: TEXTS,
    FieldDescriptor.TYPE_BYTES: st.binary(max_size=20),
    FieldDescriptor.TYPE_ENUM: st.integers(0, 3),
}
_INSTANTS = st.integers(-62_135_596_800, 253_402_300_799)
_MESSAGES: dict[str, Any] = {
    "google.protobuf.Timestamp": st.fixed_dictionaries(
        {"seconds": _INSTANTS, "nanos": st.integers(0, 999_999_999)}
    ),
    "google.protobuf.Duration": st.fixed_dictionaries({"seconds": st.integers(-(10**11), 10**11)}),
    "google.protobuf.FieldMask": st.fixed_dictionaries(
        {"paths": st.lists(st.sampled_from(["text", "inner.text", "int64_value"]), min_size=1)}
    ),
}
# No parameter can carry them.
_NO_PARAMETERS = {"labels", "everythings", "timestamps", "struct", "value"}


@st.composite
def messages(draw: st.DrawFn, descriptor: Any, depth: int = 0) -> dict[str, Any]:
    """The values of fields that a query can carry; of a oneof one at most."""
    values: dict[str, Any] = {}
    taken = set()
    for field in descriptor.fields:
        oneof = field.containing_oneof and field.containing_oneof.name
        if field.name in _NO_PARAMETERS or oneof in taken or draw(st.integers(0, 3)):
            continue
        value = _value(field, depth)
        if value is None:
            continue
        taken |= {oneof} if oneof else set()
        many = st.lists(value, min_size=1, max_size=3)
        values[field.name] = draw(many if field.is_repeated else value)
    return values


def _value(field: Any, depth: int) -> Any:
    if field.message_type is None:
        return _WHOLE[field.type]
    name = field.message_type.full_name
    if name.startswith("google.protobuf.") and name.endswith("Value"):
        inner = _WHOLE[field.message_type.fields_by_name["value"].type]
        return st.fixed_dictionaries({"value": inner})
    if name in _MESSAGES:
        return _MESSAGES[name]
    if depth == 2:
        return None
    # A message with nothing in it leaves no trace in a query.
    made: Any = GetMessageClass(field.message_type)
    return messages(field.message_type, depth + 1).filter(lambda values: made(**values).ByteSize())


def options_of(method: str) -> list[dict[str, str]]:
    """The REST forms of a method as the library takes them."""
    rule = CATALOGUE[f"/muster.rules.v1.Messaging/{method}"].rule
    assert rule is not None
    return [
        {"method": kind, "uri": getattr(one, kind)} | ({"body": one.body} if one.body else {})
        for one in (rule, *rule.additional_bindings)
        if (kind := one.WhichOneof("pattern")) != "custom"
    ]


async def send(
    client: httpx.AsyncClient, option: dict[str, str], message: Message, *, numbers: bool
) -> httpx.Response:
    """Sends a message as the library's REST transports do."""
    parts, body, query = rest_helpers.transcode_request(
        [option], message, rest_numeric_enums=numbers
    )
    query.pop("$alt", None)
    flat = urlencode(rest_helpers.flatten_query_params(query, strict=True))
    return await client.request(
        parts["method"], parts["uri"] + (f"?{flat}" if flat else ""), content=body or ""
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(values=messages(Everything.DESCRIPTOR), numbers=st.booleans(), as_body=st.booleans())
async def test_what_the_library_puts_into_query_or_body_arrives(
    client: httpx.AsyncClient,
    backend: Backend,
    values: dict[str, Any],
    numbers: bool,
    as_body: bool,
) -> None:
    message = Everything(**values)
    option = options_of("Search")[int(as_body)]

    answer = await send(client, option, message, numbers=numbers)

    assert answer.status_code == 200, answer.text
    assert backend.last == ("Search", message)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(data=st.data())
@pytest.mark.parametrize(
    ("method", "request_type", "path_fields"),
    [
        ("GetMessage", "GetMessageRequest", {"name": "messages/"}),
        ("ArchiveMessage", "GetMessageRequest", {"name": "messages/"}),
        ("GetRevision", "GetRevisionRequest", {"message_id": ""}),
        ("UpdateMessage", "UpdateMessageRequest", {"message_id": ""}),
        ("UpdateWholeMessage", "Message", {"message_id": ""}),
    ],
)
async def test_what_the_library_puts_into_the_path_arrives(
    client: httpx.AsyncClient,
    backend: Backend,
    data: st.DataObject,
    method: str,
    request_type: str,
    path_fields: dict[str, str],
) -> None:
    made = message_class(request_type)
    message = made(**data.draw(messages(made.DESCRIPTOR)))
    for field, prefix in path_fields.items():
        setattr(message, field, prefix + data.draw(NAMES))

    answer = await send(client, options_of(method)[0], message, numbers=False)

    assert answer.status_code == 200, answer.text
    if method == "UpdateMessage":
        # An empty body of a field says that it is there.
        message.message.SetInParent()
    assert backend.last == (method, message)

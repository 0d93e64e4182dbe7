"""What a query may carry, kind by kind. The cases of grpc-gateway (runtime/query_test.go) are among
them, with what differs from it said beside them.
"""

from typing import Any

import httpx
import pytest
from google.protobuf import json_format

from tests.unit.gateway.rest.rules import Backend

TIME = "2016-12-15T12:23:32.000000049Z"


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("float=1.5&double=2.5", {"float": 1.5, "double": 2.5}),
        ("double=NaN", {"double": "NaN"}),
        ("double=-Infinity", {"double": "-Infinity"}),
        ("int64=-1&int32=-2&uint64=3&uint32=4", {}),
        ("int64=9007199254740993", {"int64": "9007199254740993"}),
        ("sint64=-9223372036854775808&fixed64=18446744073709551615", {}),
        ("bool=true", {"bool": True}),
        ("text=str", {"text": "str"}),
        ("text=", {}),
        ("text=a%20b+c%2B", {"text": "a b c+"}),
        ("text=%E4%BD%A0", {"text": "你"}),
        ("bytes=Ynl0ZXM%3D", {"bytes": "Ynl0ZXM="}),
        ("bytes=Ynl0ZXM", {"bytes": "Ynl0ZXM="}),
        ("bytes=-_-_", {"bytes": "+/+/"}),
        ("bytes=%2B/%2B/", {"bytes": "+/+/"}),
        ("texts=a&texts=b&texts=c", {"texts": ["a", "b", "c"]}),
        ("texts=a&text=x&texts=b", {"texts": ["a", "b"], "text": "x"}),
        ("bools=true&bools=false", {"bools": [True, False]}),
        ("int64s=1&int64s=-2", {"int64s": ["1", "-2"]}),
        ("bytess=YQ&bytess=Yg", {"bytess": ["YQ==", "Yg=="]}),
        ("kind=KIND_SECOND", {"kind": "KIND_SECOND"}),
        ("kind=2", {"kind": "KIND_SECOND"}),
        # A number of a newer contract goes on to whoever knows it.
        ("kind=7", {"kind": 7}),
        ("kinds=1&kinds=KIND_SECOND", {"kinds": ["KIND_FIRST", "KIND_SECOND"]}),
        (f"timestamp={TIME}", {"timestamp": TIME}),
        ("timestamp=2016-12-15T12:23:32%2B01:00", {"timestamp": "2016-12-15T11:23:32Z"}),
        ("duration=1.5s", {"duration": "1.500s"}),
        ("update_mask=texts,boolValue", {"updateMask": "texts,boolValue"}),
        ("textValue=str", {"textValue": "str"}),
        ("textValue=", {"textValue": ""}),
        ("boolValue=false", {"boolValue": False}),
        ("int64Value=-1", {"int64Value": "-1"}),
        ("bytesValue=Ynl0ZXM%3D", {"bytesValue": "Ynl0ZXM="}),
        ("doubleValue=2.5", {"doubleValue": 2.5}),
        ("optional_text=", {"optionalText": ""}),
        ("one_text=foobar", {"oneText": "foobar"}),
        ("oneText=foobar", {"oneText": "foobar"}),
        (
            "inner.inner.inner.texts=a&inner.inner.inner.texts=b&inner.inner.text=t&inner.text=u",
            {"inner": {"text": "u", "inner": {"text": "t", "inner": {"texts": ["a", "b"]}}}},
        ),
        ("inner.kinds=1&inner.kinds=2", {"inner": {"kinds": ["KIND_FIRST", "KIND_SECOND"]}}),
        (f"inner.timestamp={TIME}", {"inner": {"timestamp": TIME}}),
        ("one_inner.text=a&one_inner.texts=b", {"oneInner": {"text": "a", "texts": ["b"]}}),
    ],
)
async def test_a_parameter_sets_its_field(
    client: httpx.AsyncClient, backend: Backend, query: str, form: dict[str, Any]
) -> None:
    answer = await client.get(f"/v1/things?{query}")

    assert answer.status_code == 200, answer.text
    got = json_format.MessageToDict(backend.last[1])
    assert got == (form or {n: v for n, v in _pairs(query).items() if v})


def _pairs(query: str) -> dict[str, Any]:
    """Numbers as JSON has them: those of 64 bits as strings."""
    pairs = dict(pair.split("=") for pair in query.split("&"))
    return {name: v if "64" in name else v and int(v) for name, v in pairs.items()}


@pytest.mark.parametrize(
    ("query", "named", "why"),
    [
        # grpc-gateway skips what it does not know; a misspelt filter would answer with too much.
        ("textt=a", "textt", "there is no such parameter"),
        ("=a", "", "there is no such parameter"),
        (".=a", ".", "there is no such parameter"),
        ("inner.=a", "inner.", "there is no such parameter"),
        ("inner.texxt=a", "inner.texxt", "there is no such parameter"),
        ("inner=a", "inner", "name one of its fields: inner.text, inner."),
        ("text.x=a", "text.x", "text has no parameters of its own"),
        ("timestamp.seconds=1", "timestamp.seconds", "timestamp has no parameters of its own"),
        ("timestamp=null", "timestamp", "is not written like 2026-11-22T08:00:00Z"),
        ("timestamp=", "timestamp", "is empty"),
        (
            "timestamp=0000-01-01T00:00:00.00Z",
            "timestamp",
            "is not written like 2026-11-22T08:00:00Z",
        ),
        ("timestamp=2026-11-22", "timestamp", "is not written like 2026-11-22T08:00:00Z"),
        ("duration=null", "duration", "is not written like 1.5s"),
        ("duration=1", "duration", "is not written like 1.5s"),
        ("updateMask=bool_value", "updateMask", "is not written like displayName,team"),
        ("uint64=1&uint64=2", "uint64", "comes twice"),
        ("startTime=1", "startTime", "there is no such parameter"),
        ("int32=2147483648", "int32", ""),
        ("int32=soon", "int32", ""),
        ("uint32=-1", "uint32", ""),
        ("bool=1", "bool", "is `true` or `false`"),
        ("bool=TRUE", "bool", "is `true` or `false`"),
        ("kind=KIND_THIRD", "kind", "is one of KIND_UNSPECIFIED, KIND_FIRST, KIND_SECOND"),
        ("kind=first", "kind", "is one of"),
        ("bytes=a+b=", "bytes", "is bytes in base64"),
        ("bytes=a", "bytes", "is bytes in base64"),
        ("struct=%7B%7D", "struct", ""),
        ("value=1", "value", ""),
        ("one_text=a&one_inner.text=b", "one_inner.text", "excludes one_text"),
        ("one_inner.text=b&one_text=a", "one_text", "excludes one_inner"),
        # grpc-gateway takes lists and maps of messages; the annotation's text excludes them.
        ("everythings.text=1", "everythings.text", "everythings has no parameters of its own"),
        ("labels[a]=1", "labels[a]", "there is no such parameter"),
        (f"{'inner.' * 16}text=a", "inner." * 13 + "in", "reaches deeper"),
        ("text=%ff", "query", ""),
        ("a=1&" * 1001, "query", ""),
    ],
)
async def test_a_parameter_that_is_not_taken_is_named_with_the_reason(
    client: httpx.AsyncClient, backend: Backend, query: str, named: str, why: str
) -> None:
    answer = await client.get(f"/v1/things?{query}")

    assert (answer.status_code, answer.json()["reason"]) == (400, "MALFORMED_REQUEST")
    (violation,) = answer.json()["violations"]
    assert violation["field"] == named
    assert why in violation["description"]
    assert backend.asked == []

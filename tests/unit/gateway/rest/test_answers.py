"""The form of an answer: ETag, compression, binary."""

import gzip
from collections.abc import Callable

import httpx
import pytest
import zstandard
from google.protobuf import json_format

from tests.unit.gateway.rest.rules import Backend, Everything

LARGE = Everything(texts=["the same words again and again"] * 5000)
MIDDLE = Everything(texts=["the same words again and again"] * 100)
SMALL = Everything(text="a")
DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "zstd": zstandard.decompress,
}


async def raw(client: httpx.AsyncClient, url: str, **headers: str) -> httpx.Response:
    """An answer whose content is as it came."""
    async with client.stream("GET", url, headers=headers) as answer:
        answer._content = b"".join([chunk async for chunk in answer.aiter_raw()])
    return answer


@pytest.mark.parametrize("message", [MIDDLE, LARGE])
@pytest.mark.parametrize("coding", ["gzip", "zstd"])
async def test_an_answer_is_compressed_as_was_asked(
    client: httpx.AsyncClient, backend: Backend, message: Everything, coding: str
) -> None:
    backend.answer = message

    answer = await raw(client, "/v1/things", **{"accept-encoding": f"br, {coding};q=0.5"})

    assert answer.headers["content-encoding"] == coding
    assert answer.headers["vary"] == "accept, accept-encoding"
    content = DECODERS[coding](answer.content)
    assert len(answer.content) < len(content) / 10
    assert json_format.Parse(content, Everything()) == message


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, zstd", "zstd"),
        ("gzip, zstd;q=0", "gzip"),
        ("gzip;q=0", None),
        ("br", None),
        ("identity", None),
        ("gzip;q=x", None),
        ("", None),
    ],
)
async def test_only_what_is_accepted_is_sent(
    client: httpx.AsyncClient, backend: Backend, accepted: str, coding: str | None
) -> None:
    backend.answer = MIDDLE

    answer = await raw(client, "/v1/things", **{"accept-encoding": accepted})

    assert answer.headers.get("content-encoding") == coding


async def test_a_small_answer_is_not_compressed(
    client: httpx.AsyncClient, backend: Backend
) -> None:
    backend.answer = SMALL

    answer = await raw(client, "/v1/things", **{"accept-encoding": "gzip"})

    assert "content-encoding" not in answer.headers


async def test_what_a_change_answers_is_never_compressed(
    client: httpx.AsyncClient, backend: Backend
) -> None:
    """It may hold a secret beside text that somebody else chose (BREACH)."""
    backend.answer = MIDDLE

    answer = await client.post("/v1/things", json={}, headers={"accept-encoding": "gzip, zstd"})

    assert "content-encoding" not in answer.headers
    assert "etag" not in answer.headers


async def test_what_has_not_changed_is_not_sent_again(
    client: httpx.AsyncClient, backend: Backend
) -> None:
    backend.answer = MIDDLE
    first = await client.get("/v1/things")
    known = {"if-none-match": f'"other", W/{first.headers["etag"]}'}

    same = await client.get("/v1/things", headers=known)
    backend.answer = SMALL
    changed = await client.get("/v1/things", headers=known)

    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["etag"] == first.headers["etag"]
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]


async def test_every_form_of_an_answer_has_a_tag_of_its_own(
    client: httpx.AsyncClient, backend: Backend
) -> None:
    backend.answer = MIDDLE
    forms: list[dict[str, str]] = [
        {"accept-encoding": coding, "accept": accept}
        for coding in ("identity", "gzip", "zstd")
        for accept in ("application/json", "application/x-protobuf")
    ]

    tags = [(await raw(client, "/v1/things", **form)).headers["etag"] for form in forms]

    assert len(set(tags)) == len(forms)
    assert all(tag.startswith('"') for tag in tags)


@pytest.mark.parametrize(
    ("accepted", "binary"),
    [
        ("application/x-protobuf", True),
        ("application/json;q=0.5, application/x-protobuf", True),
        ("application/json, application/x-protobuf;q=0.5", False),
        ("application/x-protobuf;q=0", False),
        ("*/*", False),
        ("text/html", False),
    ],
)
async def test_binary_is_sent_to_whoever_prefers_it(
    client: httpx.AsyncClient, backend: Backend, accepted: str, binary: bool
) -> None:
    backend.answer = SMALL

    answer = await client.get("/v1/things", headers={"accept": accepted})

    kind = "application/x-protobuf" if binary else "application/json"
    assert answer.headers["content-type"] == kind
    if binary:
        assert answer.content == SMALL.SerializeToString()

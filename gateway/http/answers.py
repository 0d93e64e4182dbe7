"""Writes answers: JSON or binary, with an ETag, compressed where that is worth it and safe."""

import asyncio
import gzip
import json
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from urllib.parse import quote

import zstandard
from google.api import httpbody_pb2
from google.protobuf import json_format
from google.protobuf.message import Message
from muster.options.v1 import download_pb2
from starlette.datastructures import Headers
from starlette.responses import Response

from gateway.http.binding import BINARY, JSON
from gateway.http.json_form import to_json

# From here on an answer is written beside the event loop.
_LARGE = 32 * 1024
# Below it compressing saves no packet.
_WORTH_COMPRESSING = 1024
_GZIP_LEVEL, _ZSTD_LEVEL = 5, 3
_VARY = "accept, accept-encoding"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the caller asks of the form of an answer.

    `is_read` tells that the call changes nothing. Only such answers get an ETag, and only they are
    compressed: what a change answers may hold a secret made for it (a token, a code), and a secret
    is never compressed beside text that somebody else may choose.
    """

    binary: bool
    coding: str
    known: str
    is_read: bool

    @classmethod
    def of(cls, verb: str, headers: Headers) -> "Wanted":
        """Reads it from the headers of a request."""
        codings = _qualities(headers.get("accept-encoding", ""))
        coding = next((one for one in ("zstd", "gzip") if codings.get(one, 0) > 0), "")
        accepted = _qualities(headers.get("accept", ""))
        binary = accepted.get(BINARY, 0)
        return cls(
            binary=binary > 0 and binary >= accepted.get(JSON, 0),
            coding=coding,
            known=headers.get("if-none-match", ""),
            is_read=verb in ("GET", "HEAD"),
        )


async def write_bytes(content: bytes, media_type: str, wanted: Wanted) -> Response:
    """Answers with bytes that are ready."""
    if len(content) < _LARGE:
        return _respond(content, media_type, wanted)
    return await asyncio.to_thread(_respond, content, media_type, wanted)


async def write_message(answer: Message, response_body: str, wanted: Wanted) -> Response:
    """Answers with a message, or with its field that the rule's `response_body` names."""
    part = getattr(answer, response_body) if response_body else answer
    if isinstance(part, httpbody_pb2.HttpBody):
        return await _write_file(part, wanted)
    if answer.ByteSize() < _LARGE:
        return _write(answer, response_body, wanted)
    return await asyncio.to_thread(_write, answer, response_body, wanted)


async def _write_file(body: httpbody_pb2.HttpBody, wanted: Wanted) -> Response:
    response = await write_bytes(body.data, body.content_type or "application/octet-stream", wanted)
    # What somebody exports is kept as a file, never shown as a page of ours.
    response.headers["content-disposition"] = f"attachment{_file_name(body)}"
    return response


def _file_name(body: httpbody_pb2.HttpBody) -> str:
    """Returns the parameter that names the file (RFC 6266), empty if the answer does not say."""
    download = download_pb2.Download()
    if not any(one.Unpack(download) for one in body.extensions):
        return ""
    return f"; filename*=UTF-8''{quote(download.file_name, safe='')}"


def _write(answer: Message, response_body: str, wanted: Wanted) -> Response:
    part = getattr(answer, response_body) if response_body else answer
    if not isinstance(part, Message):
        content = json.dumps(_field_form(answer, response_body), ensure_ascii=False).encode()
        return _respond(content, JSON, wanted)
    if wanted.binary:
        return _respond(part.SerializeToString(), BINARY, wanted)
    return _respond(to_json(part), JSON, wanted)


def _field_form(answer: Message, name: str) -> Any:
    """Returns the JSON form of a field that is no message; the library knows it inside one only."""
    field = answer.DESCRIPTOR.fields_by_name[name]
    tree = json_format.MessageToDict(answer)
    if field.is_repeated:
        return tree.get(field.json_name, [])
    whole = json_format.MessageToDict(answer, always_print_fields_with_no_presence=True)
    return whole[field.json_name]


def _respond(content: bytes, media_type: str, wanted: Wanted) -> Response:
    if not wanted.is_read:
        return Response(content, media_type=media_type)
    coding = wanted.coding if len(content) >= _WORTH_COMPRESSING else ""
    # Each coding has a tag of its own: a strong one vouches for every byte that is sent.
    mark = blake2b(content, digest_size=16).hexdigest()
    tag = f'"{mark}-{coding}"' if coding else f'"{mark}"'
    headers = {"etag": tag, "vary": _VARY}
    if wanted.known and _is_known(tag, wanted.known):
        return Response(status_code=304, headers=headers)
    if coding:
        content = _compress(content, coding)
        headers["content-encoding"] = coding
    return Response(content, headers=headers, media_type=media_type)


def _is_known(tag: str, known: str) -> bool:
    """Compares weakly, as If-None-Match does; tags of ours hold no comma."""
    tags = (one.strip().removeprefix("W/") for one in known.split(","))
    return known.strip() == "*" or tag in tags


def _compress(content: bytes, coding: str) -> bytes:
    if coding == "zstd":
        return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compress(content)
    return gzip.compress(content, _GZIP_LEVEL, mtime=0)


def _qualities(header: str) -> dict[str, float]:
    """Returns what an Accept header names, with the quality of each."""
    found = {}
    for one in header.lower().split(","):
        name, *parameters = (part.strip() for part in one.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            found[name] = float(quality)
        except ValueError:
            found[name] = 0.0
    return found

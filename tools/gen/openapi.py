"""The document of the REST API by OpenAPI 3.1, made of the protos and their comments."""

import json
from functools import lru_cache
from pathlib import Path

from tools.gen.contracts import list_services, load_files, load_files_and_imports
from tools.gen.messages import Types, list_types
from tools.gen.operations import (
    FILE,
    WHOLE_MESSAGE,
    Binding,
    list_bindings,
    operation_of,
    path_of,
    tag_of,
)
from tools.gen.schemas import Schema, component_schemas

PLACE = Path("gateway/reference/openapi.json")

_ABOUT = """\
Everything that the screens of Muster do, a program can do over this API. It is also served as gRPC,
from the same contracts. Beside what this document lists there are `GET /v1/push`, a stream of
server-sent events, and `POST /v1/sources/{source}/events`, which takes what another platform pushes
and proves by its own signature.

JSON is by the mapping of Protocol Buffers: whole numbers of 64 bits are strings, instants are
RFC 3339, bytes are base64, and what has its default value is left out of an answer. A value of an
enum that a newer Muster has is a number. Parameters and properties that there are not are refused.
`accept: application/x-protobuf` asks for the message as binary, `content-type:
application/x-protobuf` sends it so. A refusal is a problem document (RFC 9457) whose `reason` stays
the same, with what to do about it in the reference of reasons."""

_PROBLEM: Schema = {
    "type": "object",
    "description": "Tells a refusal (RFC 9457).",
    "required": ["type", "title", "status", "detail", "reason", "domain"],
    "properties": {
        "type": {"type": "string", "description": "Holds reason and domain as one name."},
        "title": {"type": "string", "description": "Holds the reason in words."},
        "status": {"type": "integer", "description": "Holds the HTTP status."},
        "detail": {"type": "string", "description": "Tells what is wrong, in English."},
        "reason": {"type": "string", "description": "Names why; it stays the same."},
        "domain": {"type": "string", "description": "Names who refused."},
        "metadata": {
            "type": "object",
            "description": "Holds the data of the reason.",
            "additionalProperties": {"type": "string"},
        },
        "violations": {
            "type": "array",
            "description": "Lists the fields that are not as they must be.",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "description": {"type": "string"}},
            },
        },
        "trace": {"type": "string", "description": "Finds the call in logs and traces."},
        "retryAfterSeconds": {
            "type": "integer",
            "description": "Holds the seconds after which to try again, as `retry-after` does.",
        },
    },
}
_HEADERS: dict[str, Schema] = {
    "if-none-match": {
        "description": "Holds the ETags of answers that the caller has; 304 if one still holds.",
        "schema": {"type": "string"},
    },
    "x-muster-csrf": {
        "description": "Proves that a page of Muster calls. Needed with the cookie alone.",
        "schema": {"type": "string", "enum": ["1"]},
    },
    "x-muster-purpose": {
        "description": (
            "States why the caller looks at one person's detail, where the protection profile of "
            "the site asks for it: `coaching`, `dispute`, `incident`, `quality`, `payroll` or "
            "`other: free text`."
        ),
        "schema": {"type": "string"},
    },
    "x-muster-session": {
        "description": "Asks for the token as a cookie that scripts do not see, not in the answer.",
        "schema": {"type": "string", "enum": ["cookie"]},
    },
}
_SECURITY: Schema = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "The token of a session (`POST /v1/sessions`) or of a service account.",
    },
    "cookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "muster_session",
        "description": "The session of a browser. Writes need `x-muster-csrf: 1` besides.",
    },
}


@lru_cache(maxsize=1)
def openapi_document() -> Schema:
    """The document."""
    files = load_files()
    types = list_types(load_files_and_imports())
    bindings = list(list_bindings(files, types))
    paths: dict[str, Schema] = {}
    for binding in bindings:
        paths.setdefault(path_of(binding.template), {})[binding.verb] = operation_of(binding, types)
    tags = {binding.tag for binding in bindings}
    named = {tag_of(service.name): service.comment for service in list_services(files)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Muster",
            "version": "v1",
            "summary": "Presence and dispatch for contact centres and field service.",
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"bearer": []}, {"cookie": []}],
        "tags": [
            {"name": name, "description": comment}
            for name, comment in named.items()
            if name in tags
        ],
        "paths": dict(sorted(paths.items())),
        "components": _components(bindings, types),
    }


def openapi_text() -> str:
    """The document as it is kept."""
    return json.dumps(openapi_document(), ensure_ascii=False, indent=1) + "\n"


def _components(bindings: list[Binding], types: Types) -> Schema:
    requests = {
        field.type_name
        for binding in bindings
        for field in binding.request.fields
        if field.type_name and field.type_name != FILE
    } | {binding.request.name for binding in bindings if _is_whole(binding)}
    answers = {binding.answer for binding in bindings if binding.answer != FILE}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "schemas": {"Problem": _PROBLEM, **component_schemas(requests, answers, types)},
        "parameters": {
            name: {"name": name, "in": "header", **header} for name, header in _HEADERS.items()
        },
        "headers": {
            "etag": {
                "description": "Changes with every byte of the answer.",
                "schema": {"type": "string"},
            }
        },
        "responses": {
            "problem": {"description": "A refusal, with its reason.", "content": problem},
            "unchanged": {"description": "The answer is as the caller has it."},
        },
        "securitySchemes": _SECURITY,
    }


def _is_whole(binding: Binding) -> bool:
    """Tells that the body is the request as it is."""
    return binding.body == WHOLE_MESSAGE and not binding.template.variables

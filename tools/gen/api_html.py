"""The REST API as one page without scripts, made of the document: what a browser finds with its own
search, offline as well.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from tools.gen.openapi import openapi_document
from tools.gen.schemas import Schema

PLACE = Path("gateway/reference/api.html")

_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Muster: the REST API</title>
<link rel="stylesheet" href="api.css">
</head>
<body>
"""
_CODE = re.compile(r"`([^`]+)`")


def api_html() -> str:
    """The page."""
    document = openapi_document()
    operations = _by_tag(document["paths"])
    parts = [
        _HEAD,
        f"<h1>{_text(document['info']['title'])}: the REST API</h1>",
        *(f"<p>{_text(part)}</p>" for part in document["info"]["description"].split("\n\n")),
        "<nav><ul>",
        *(f'<li><a href="#{tag}">{tag}</a></li>' for tag in operations),
        '<li><a href="#messages">Messages</a></li>',
        "</ul></nav>",
        *_services(document, operations),
        '<h2 id="messages">Messages</h2>',
        *_messages(document["components"]["schemas"]),
        "</body>\n</html>",
    ]
    return "\n".join(parts) + "\n"


def _by_tag(paths: Mapping[str, Schema]) -> dict[str, list[tuple[str, str, Schema]]]:
    found: dict[str, list[tuple[str, str, Schema]]] = {}
    for path, verbs in paths.items():
        for verb, operation in verbs.items():
            found.setdefault(operation["tags"][0], []).append((path, verb, operation))
    return dict(sorted(found.items()))


def _services(
    document: Schema, operations: Mapping[str, Iterable[tuple[str, str, Schema]]]
) -> Iterator[str]:
    comments = {tag["name"]: tag["description"] for tag in document["tags"]}
    shared = document["components"]["parameters"]
    for tag, listed in operations.items():
        yield f'<h2 id="{tag}">{tag}</h2>\n<p>{_text(comments[tag])}</p>'
        for path, verb, operation in listed:
            yield from _operation(path, verb, operation, shared)


def _operation(
    path: str, verb: str, operation: Schema, shared: Mapping[str, Schema]
) -> Iterator[str]:
    form = f'<span class="verb">{verb.upper()}</span>{escape(path)}'
    yield f'<h3 id="{operation["operationId"]}"><code>{form}</code></h3>'
    yield from (f"<p>{_text(part)}</p>" for part in operation["description"].split("\n\n"))
    parameters = [_named(parameter, shared) for parameter in operation["parameters"]]
    if parameters:
        yield "<details><summary>Parameters</summary>"
        yield from _table(
            (f"{one['name']} <small>{one['in']}</small>", one["schema"], one["description"])
            for one in parameters
        )
        yield "</details>"
    if "requestBody" in operation:
        yield f"<p>Takes {_content(operation['requestBody']['content'])}.</p>"
    yield f"<p>Answers {_content(operation['responses']['200']['content'])}.</p>"


def _named(parameter: Schema, shared: Mapping[str, Schema]) -> Schema:
    return shared[parameter["$ref"].rpartition("/")[2]] if "$ref" in parameter else parameter


def _content(content: Schema) -> str:
    form = content.get("application/json")
    return _type(form["schema"]) if form else "a file"


def _messages(schemas: Mapping[str, Schema]) -> Iterator[str]:
    for name, schema in schemas.items():
        yield f'<h3 id="{name}"><code>{name}</code></h3>'
        comment, *values = schema.get("description", "").split("\n- ")
        yield f"<p>{_text(comment)}</p>"
        if values:
            yield "<ul>" + "".join(f"<li>{_text(value)}</li>" for value in values) + "</ul>"
        if schema.get("properties"):
            yield from _table(
                (property_name, one, one.get("description", ""))
                for property_name, one in schema["properties"].items()
            )


def _table(rows: Iterable[tuple[str, Schema, str]]) -> Iterator[str]:
    yield "<table>"
    for name, schema, description in rows:
        yield f"<tr><td>{name}</td><td>{_type(schema)}</td><td>{_text(description)}</td></tr>"
    yield "</table>"


def _type(schema: Schema) -> str:
    """Names the type of a schema, with a link to a message."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f'<a href="#{name}">{name.rpartition(".")[2]}</a>'
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if isinstance(schema.get("additionalProperties"), dict):
        return f"map to {_type(schema['additionalProperties'])}"
    if "anyOf" in schema:
        return "number"
    kind = schema.get("contentEncoding") or schema.get("format") or schema.get("type") or "any JSON"
    return escape(str(kind)) + _fields_told(schema)


def _fields_told(schema: Schema) -> str:
    properties: Mapping[str, Any] = schema.get("properties", {})
    if schema.get("type") != "object" or not properties:
        return ""
    names = (f"<code>{name}</code> ({_type(one)})" for name, one in properties.items())
    return f" of {', '.join(names)}"


def _text(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", escape(text, quote=False))

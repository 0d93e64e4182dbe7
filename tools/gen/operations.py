"""The REST forms of methods as operations of OpenAPI 3.1."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from google.api import annotations_pb2, http_pb2
from google.protobuf.descriptor_pb2 import FileDescriptorProto, MethodDescriptorProto
from muster.options.v1 import options_pb2

from gateway.http.templates import PathTemplate, Variable, Wildcard
from tools.gen.contracts import METHOD, SERVICE, comments_of
from tools.gen.messages import Field, Message, Types
from tools.gen.schemas import (
    WELL_KNOWN,
    Schema,
    field_schema,
    map_entry,
    object_schema,
    ref,
    type_schema,
)

WHOLE_MESSAGE = "*"
FILE = "google.api.HttpBody"
BINARY: dict[str, Any] = {"application/x-protobuf": {}}
_ANYTHING: dict[str, Any] = {"*/*": {}}
# A query reaches as deep as that in the document; the gateway takes what lies deeper as well.
_DEEPEST = 4
_CREATES_SESSION = "CreateSession"


@dataclass(frozen=True, slots=True)
class Binding:
    """One REST form of a public method."""

    tag: str
    method: str
    number: int
    comment: str
    access: options_pb2.Access
    verb: str
    template: PathTemplate
    body: str
    response_body: str
    request: Message
    answer: str

    @property
    def is_read(self) -> bool:
        """Tells that the call changes nothing."""
        return self.verb == "get"


def list_bindings(files: Sequence[FileDescriptorProto], types: Types) -> Iterator[Binding]:
    """Every REST form of every public method, in the order of the files."""
    for file in files:
        comments = comments_of(file)
        for place, service in enumerate(file.service):
            tag = tag_of(f"{file.package}.{service.name}")
            for number, method in enumerate(service.method):
                comment = comments.get((SERVICE, place, METHOD, number), "")
                yield from _bindings(tag, method, comment, types)


def tag_of(service: str) -> str:
    """The short name of a service: `presence.SourceService`."""
    _, owner, *_, name = service.split(".")
    return f"{owner}.{name}"


def _bindings(
    tag: str, method: MethodDescriptorProto, comment: str, types: Types
) -> Iterator[Binding]:
    # The stubs of extensions are looser than those of messages.
    extensions: Any = method.options.Extensions
    access = extensions[options_pb2.access]
    rule: http_pb2.HttpRule = extensions[annotations_pb2.http]
    if access.visibility != options_pb2.VISIBILITY_PUBLIC or not rule.WhichOneof("pattern"):
        return
    request = types[method.input_type.removeprefix(".")]
    assert isinstance(request, Message)
    for number, one in enumerate((rule, *rule.additional_bindings)):
        kind = str(one.WhichOneof("pattern"))
        yield Binding(
            tag=tag,
            method=method.name,
            number=number,
            comment=comment,
            access=access,
            verb=kind,
            template=PathTemplate.parse(getattr(one, kind)),
            body=one.body,
            response_body=one.response_body,
            request=request,
            answer=method.output_type.removeprefix("."),
        )


def path_of(template: PathTemplate) -> str:
    """The template as OpenAPI writes it: `/v1/sites/{site}/heatmap`."""
    names = iter(_path_names(template))
    parts = [part if isinstance(part, str) else f"{{{next(names)}}}" for part in template.segments]
    return "/" + "/".join(parts) + (f":{template.verb}" if template.verb else "")


def operation_of(binding: Binding, types: Types) -> Schema:
    """The operation of a REST form."""
    number = f"_{binding.number + 1}" if binding.number else ""
    operation: Schema = {
        "operationId": f"{binding.tag}.{binding.method}{number}",
        "tags": [binding.tag],
        "summary": binding.comment.partition(". ")[0].rstrip("."),
        "description": f"{binding.comment}\n\n{_permission(binding.access)}",
        "parameters": [
            *_path_parameters(binding, types),
            *_query_parameters(binding, types),
            *_headers(binding),
        ],
        "responses": _responses(binding, types),
    }
    if binding.body:
        operation["requestBody"] = {"content": _body(binding, types)}
    if binding.access.anonymous:
        operation["security"] = []
    return operation


def _permission(access: options_pb2.Access) -> str:
    if access.anonymous:
        return "Open to anybody."
    return f"Needs the permission `{access.permission}`."


def _path_names(template: PathTemplate) -> list[str]:
    """A name for each wildcard: that of the variable, or of the collection before it."""
    single = {variable.start: variable for variable in template.variables if variable.is_single}
    names: list[str] = []
    for place, segment in enumerate(template.segments):
        if isinstance(segment, Wildcard):
            before = template.segments[place - 1] if place else "part"
            variable = single.get(place)
            name = _camel(variable.path.rpartition(".")[2]) if variable else _singular(str(before))
            names.append(name if name not in names else f"{name}{len(names)}")
    return names


def _path_parameters(binding: Binding, types: Types) -> Iterator[Schema]:
    template = binding.template
    names = iter(_path_names(template))
    for place, segment in enumerate(template.segments):
        if isinstance(segment, Wildcard):
            schema: Schema = {"type": "string", "pattern": "^[^/:]+$"}
            description = ""
            for variable in template.variables:
                if variable.start <= place < (variable.end or place + 1):
                    field = _field_at(binding.request, variable, types)
                    description = _place_told(template, variable) + field.comment
                    if variable.is_single and field.type_name:
                        schema = type_schema(field.type_name)
            yield {
                "name": next(names),
                "in": "path",
                "required": True,
                "description": description,
                "schema": schema,
            }


def _place_told(template: PathTemplate, variable: Variable) -> str:
    """Says what the parameter stands in, where it is a part of the field's value."""
    if variable.is_single:
        return ""
    whole = path_of(template).partition(":")[0].split("/")[1:]
    return f"Stands in `{'/'.join(whole[variable.start : variable.end])}`. "


def _field_at(message: Message, variable: Variable, types: Types) -> Field:
    *parents, last = variable.path.split(".")
    for name in parents:
        inside = types[message.field(name).type_name]
        assert isinstance(inside, Message)
        message = inside
    return message.field(last)


def _query_parameters(binding: Binding, types: Types) -> Iterator[Schema]:
    if binding.body == WHOLE_MESSAGE:
        return
    taken = {variable.path for variable in binding.template.variables} | {binding.body}
    for path, outer, field in _leaves(binding.request, "", "", types, taken):
        schema = field_schema(field, types)
        said = [*(each.comment for each in outer), schema.pop("description", "")]
        yield {"name": path, "in": "query", "description": "\n\n".join(said), "schema": schema}


def _leaves(
    message: Message,
    dotted: str,
    shown: str,
    types: Types,
    taken: set[str],
    outer: tuple[Field, ...] = (),
) -> Iterator[tuple[str, tuple[Field, ...], Field]]:
    """Yields each field that a query can name, with those in which it lies: they tell what for."""
    for field in message.fields:
        path, name = dotted + field.name, shown + field.json_name
        inside = types.get(field.type_name)
        if path in taken or map_entry(field, types):
            continue
        if not isinstance(inside, Message) or inside.name in WELL_KNOWN:
            yield name, outer, field
        elif not field.is_repeated and name.count(".") < _DEEPEST:
            within = (*outer, field)
            yield from _leaves(inside, f"{path}.", f"{name}.", types, taken, within)


def _headers(binding: Binding) -> Iterator[Schema]:
    if binding.is_read:
        yield {"$ref": "#/components/parameters/if-none-match"}
    elif not binding.access.anonymous:
        yield {"$ref": "#/components/parameters/x-muster-csrf"}
    if binding.access.person_field:
        yield {"$ref": "#/components/parameters/x-muster-purpose"}
    if binding.method == _CREATES_SESSION:
        yield {"$ref": "#/components/parameters/x-muster-session"}


def _body(binding: Binding, types: Types) -> Schema:
    if binding.body != WHOLE_MESSAGE:
        field = binding.request.field(binding.body)
        if field.type_name == FILE:
            return _ANYTHING
        return {"application/json": {"schema": field_schema(field, types)}} | BINARY
    bound = {variable.path for variable in binding.template.variables}
    left = [field for field in binding.request.fields if field.name not in bound]
    whole = len(left) == len(binding.request.fields)
    schema = ref(binding.request.name) if whole else object_schema(binding.request, left, types)
    return {
        "application/json": {"schema": schema if whole else schema | _CLOSED},
        **BINARY,
    }


_CLOSED = {"additionalProperties": False}


def _responses(binding: Binding, types: Types) -> Schema:
    good: Schema = {"description": "What was asked for.", "content": _answer(binding, types)}
    responses = {"200": good, "default": {"$ref": "#/components/responses/problem"}}
    if binding.is_read:
        good["headers"] = {"etag": {"$ref": "#/components/headers/etag"}}
        responses["304"] = {"$ref": "#/components/responses/unchanged"}
    return responses


def _answer(binding: Binding, types: Types) -> Schema:
    if binding.answer == FILE:
        return _ANYTHING
    if not binding.response_body:
        return {"application/json": {"schema": type_schema(binding.answer)}} | BINARY
    answer = types[binding.answer]
    assert isinstance(answer, Message)
    field = answer.field(binding.response_body)
    return {"application/json": {"schema": field_schema(field, types)}}


def _camel(name: str) -> str:
    head, *others = name.split("_")
    return head + "".join(part.capitalize() for part in others)


def _singular(collection: str) -> str:
    for ending, one in (("ies", "y"), ("sses", "ss"), ("s", "")):
        if collection.endswith(ending):
            return collection.removesuffix(ending) + one
    return collection

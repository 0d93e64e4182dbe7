"""One REST form of a method, held against the messages that it binds."""

from collections.abc import Iterator
from dataclasses import dataclass

from google.api import http_pb2
from google.protobuf.descriptor import Descriptor, FieldDescriptor

from gateway.api.catalogue import Method, UnsupportedMethodError
from gateway.http.templates import MalformedTemplateError, PathTemplate, Variable

WHOLE_MESSAGE = "*"
ANY_VERB = "*"
_FILE = "google.api.HttpBody"


@dataclass(frozen=True, slots=True)
class PathField:
    """The field of the request that a variable of the path fills, below the fields it lies in."""

    variable: Variable
    parents: tuple[FieldDescriptor, ...]
    field: FieldDescriptor


@dataclass(frozen=True, slots=True)
class Route:
    """One REST form of a method.

    `body` names the field that the request's body fills, `*` is the whole message, and empty means
    that it takes none. `response_body` names the field that is answered, empty for all.
    """

    verb: str
    template: PathTemplate
    method: Method
    body: str
    response_body: str
    path_fields: tuple[PathField, ...]

    @property
    def answers_whole_message(self) -> bool:
        """Tells that what the method returns is answered as it is: no field of it, no file."""
        return not self.response_body and self.method.output.full_name != _FILE


def routes_of(method: Method) -> Iterator[Route]:
    """Returns the REST forms of a method; raises UnsupportedMethodError for one against the
    annotation's rules.
    """
    if method.rule is None:
        return
    yield _route(method, method.rule)
    for rule in method.rule.additional_bindings:
        if rule.additional_bindings:
            raise UnsupportedMethodError(f"{method.path} nests additional_bindings")
        yield _route(method, rule)


def _route(method: Method, rule: http_pb2.HttpRule) -> Route:
    try:
        verb, text = _pattern(rule)
        template = PathTemplate.parse(text)
        fields = tuple(_path_field(method.input, variable) for variable in template.variables)
        if rule.body not in ("", WHOLE_MESSAGE):
            _field(method.input, rule.body)
        if rule.response_body:
            _field(method.output, rule.response_body)
    except ValueError as error:
        raise UnsupportedMethodError(f"{method.path}: {error}") from error
    return Route(verb, template, method, rule.body, rule.response_body, fields)


def _pattern(rule: http_pb2.HttpRule) -> tuple[str, str]:
    kind = rule.WhichOneof("pattern")
    if kind is None:
        raise MalformedTemplateError("a rule without a pattern")
    if kind == "custom":
        return rule.custom.kind, rule.custom.path
    return kind.upper(), getattr(rule, kind)


def _path_field(descriptor: Descriptor, variable: Variable) -> PathField:
    *parents, last = variable.path.split(".")
    above = []
    for name in parents:
        field = _field(descriptor, name)
        if field.message_type is None or field.is_repeated:
            raise MalformedTemplateError(f"{variable.path} of the path does not lie in a message")
        above.append(field)
        descriptor = field.message_type
    field = _field(descriptor, last)
    if field.message_type is not None or field.is_repeated:
        raise MalformedTemplateError(f"{variable.path} of the path is not one plain value")
    return PathField(variable, tuple(above), field)


def _field(descriptor: Descriptor, name: str) -> FieldDescriptor:
    field: FieldDescriptor | None = descriptor.fields_by_name.get(name)
    if field is None:
        raise MalformedTemplateError(f"{descriptor.full_name} has no field {name}")
    return field

"""Finds the method that a REST request means, by the templates of the descriptors."""

from collections.abc import Mapping
from dataclasses import dataclass

from google.api import http_pb2

from gateway.api.catalogue import Catalogue, Method, UnsupportedMethodError
from gateway.http.templates import PathTemplate

WHOLE_MESSAGE = "*"


@dataclass(frozen=True, slots=True)
class Route:
    """One REST form of a method. `body` names the field that the request's body fills, `*` is the
    whole message, and empty means that it takes none.
    """

    verb: str
    template: PathTemplate
    method: Method
    body: str


@dataclass(frozen=True, slots=True)
class Match:
    """A route with the values of its variables."""

    route: Route
    variables: Mapping[str, str]


class Routes:
    """All REST forms of the public methods."""

    def __init__(self, catalogue: Catalogue) -> None:
        routes = (_route(method, method.rule) for method in catalogue.values() if method.rule)
        # The more of a path a template spells out, the sooner it is asked: `/v1/sites/{site}/teams`
        # before a wildcard.
        self._routes = sorted(routes, key=lambda route: -route.template.literal_count)

    def find(self, verb: str, raw_path: str) -> Match | None:
        """Returns the route of a request, or None."""
        for route in self._routes:
            if route.verb == verb:
                variables = route.template.match(raw_path)
                if variables is not None:
                    return Match(route, variables)
        return None

    def verbs(self, raw_path: str) -> tuple[str, ...]:
        """Returns the verbs that a path takes; none if there is no such path."""
        matching = (r.verb for r in self._routes if r.template.match(raw_path) is not None)
        return tuple(sorted(set(matching)))


def _route(method: Method, rule: http_pb2.HttpRule) -> Route:
    if rule.additional_bindings or rule.response_body or not _is_served(rule.body, method):
        raise UnsupportedMethodError(f"{method.path} has a REST form that is not served yet")
    verb, template = _pattern(rule)
    return Route(verb, PathTemplate.parse(template), method, rule.body)


def _is_served(body: str, method: Method) -> bool:
    """Tells whether a body is none, the whole message or one message in it."""
    if body in ("", WHOLE_MESSAGE):
        return True
    field = method.input.fields_by_name.get(body)
    return field is not None and field.message_type is not None and not field.is_repeated


def _pattern(rule: http_pb2.HttpRule) -> tuple[str, str]:
    kind = rule.WhichOneof("pattern")
    if kind == "custom":
        return rule.custom.kind, rule.custom.path
    return kind.upper(), getattr(rule, kind)

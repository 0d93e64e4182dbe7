"""Finds the method that a REST request means, by the templates of the descriptors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gateway.api.catalogue import Catalogue, UnsupportedMethodError
from gateway.http.bound import ANY_VERB, Route, routes_of
from gateway.http.templates import MalformedValueError, Segment, Wildcard, decode


@dataclass(frozen=True, slots=True)
class Match:
    """A route with the parts of the path that it was found by."""

    route: Route
    parts: Sequence[str]


@dataclass(slots=True)
class _Node:
    """Where the templates that begin alike go on, and those that end here by their verbs."""

    literals: dict[str, "_Node"] = field(default_factory=dict)
    one: "_Node | None" = None
    rest: "_Node | None" = None
    routes: dict[tuple[str, str], Route] = field(default_factory=dict)


class Routes:
    """All REST forms of the public methods.

    Segment by segment, what a template spells out goes before `*`, and `*` before `**`. What
    follows the last colon is a verb where some template has it, and otherwise part of the segment.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._root = _Node()
        self._verbs: set[str] = set()
        for method in catalogue.values():
            for route in routes_of(method):
                self._add(route)

    def find(self, verb: str, raw_path: str) -> Match | None:
        """Returns the route of a request, or None. Whoever takes GET takes HEAD."""
        parts, custom = self._split(raw_path)
        wanted = (verb, "GET", ANY_VERB) if verb == "HEAD" else (verb, ANY_VERB)
        for node in _ends(self._root, parts, 0):
            for one in wanted:
                route = node.routes.get((custom, one))
                if route is not None:
                    return Match(route, parts)
        return None

    def verbs(self, raw_path: str) -> tuple[str, ...]:
        """Returns the verbs that a path takes; none if there is no such path."""
        parts, custom = self._split(raw_path)
        found = {
            verb
            for node in _ends(self._root, parts, 0)
            for custom_verb, verb in node.routes
            if custom_verb == custom
        }
        return tuple(sorted(found | ({"HEAD"} if "GET" in found else set())))

    def _split(self, raw_path: str) -> tuple[list[str], str]:
        *parts, last = raw_path[1:].split("/")
        head, colon, verb = last.rpartition(":")
        if colon and verb in self._verbs:
            return [*parts, head], verb
        return [*parts, last], ""

    def _add(self, route: Route) -> None:
        node = self._root
        for segment in route.template.segments:
            node = _below(node, segment)
        key = route.template.verb, route.verb
        if key in node.routes:
            other = node.routes[key].method.path
            raise UnsupportedMethodError(f"{route.method.path} and {other} have the same path")
        node.routes[key] = route
        if route.template.verb:
            self._verbs.add(route.template.verb)


def _below(node: _Node, segment: Segment) -> _Node:
    """Returns the node that a segment leads to, made if need be."""
    if isinstance(segment, str):
        return node.literals.setdefault(segment, _Node())
    if segment is Wildcard.ONE:
        node.one = node.one or _Node()
        return node.one
    node.rest = node.rest or _Node()
    return node.rest


def _ends(node: _Node, parts: Sequence[str], place: int) -> Iterator[_Node]:
    """Returns the ends of the templates that match, those that say more of the path first."""
    if place == len(parts):
        yield node
    else:
        part = parts[place]
        literal = node.literals.get(_spelt(part))
        if literal is not None:
            yield from _ends(literal, parts, place + 1)
        if node.one is not None and part:
            yield from _ends(node.one, parts, place + 1)
    if node.rest is not None:
        yield node.rest


def _spelt(part: str) -> str:
    """Returns a segment as a template spells it: `%73ites` is `sites`."""
    if "%" not in part:
        return part
    try:
        return decode(part)
    except MalformedValueError:
        return part

"""What a reader asks for: topics, and the places after which to begin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.datastructures import QueryParams

from chassis.errors import FieldViolation, invalid_fields
from gateway.domain.feed import Position
from gateway.domain.topics import Topic, read_places
from gateway.http.refusing import malformed

MOST_TOPICS = 150
"""The three kinds of topics for each of the 50 sites that one board shows."""
_PARAMETERS = frozenset({"topic", "cursor"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A topic and the place after which to begin; without one, now."""

    topic: Topic
    place: Position | None


def read_asked(query: QueryParams, headers: Mapping[str, str]) -> Sequence[Asked]:
    """Reads topics and places, the n-th place for the n-th topic; the places that a browser repeats
    when it reconnects win.
    """
    for name in query:
        if name not in _PARAMETERS:
            raise malformed(name[:80], "there is no such parameter")
    topics = _topics(query.getlist("topic"))
    repeated = headers.get("last-event-id", "")
    if repeated:
        places = _repeated_places(repeated, len(topics))
    else:
        places = _places(query.getlist("cursor"), len(topics))
    return [Asked(topic, place) for topic, place in zip(topics, places, strict=True)]


def _topics(texts: Sequence[str]) -> Sequence[Topic]:
    if not 1 <= len(texts) <= MOST_TOPICS:
        raise _wrong("topic", f"comes once to {MOST_TOPICS} times")
    if len(set(texts)) < len(texts):
        raise _wrong("topic", "names each topic once")
    try:
        return [Topic.parse(text) for text in texts]
    except ValueError:
        form = "is board/sites/<site>, waiting/sites/<site> or roster/sites/<site>"
        raise _wrong("topic", form) from None


def _places(texts: Sequence[str], count: int) -> Sequence[Position | None]:
    if len(texts) > count:
        raise _wrong("cursor", "comes once a topic at most, in the order of the topics")
    try:
        places = [Position.parse(text) if text else None for text in texts]
    except ValueError:
        raise _wrong("cursor", "is <epoch>:<seq>, or empty for now") from None
    return places + [None] * (count - len(places))


def _repeated_places(text: str, count: int) -> Sequence[Position | None]:
    try:
        places = read_places(text)
    except ValueError:
        places = ()
    if len(places) != count:
        raise _wrong("last-event-id", "is the id of an event of a stream with the same topics")
    return places


def _wrong(field: str, description: str) -> Exception:
    return invalid_fields([FieldViolation(field, description)])

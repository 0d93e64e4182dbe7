"""The reference page of events: what each service publishes on the bus, field by field."""

import re
from collections.abc import Iterator

from google.protobuf.descriptor_pb2 import FieldDescriptorProto, FileDescriptorProto

from chassis.bus.streams import stream_of, subject_of
from tools.gen.messages import Field, Message, list_types

_INTRODUCTION = """\
# Events

Source: the `events.proto` of each service below `protos/`, and `chassis/bus/streams.py`. By these
messages services tell each other what they committed; a payload is the binary form of its message.
Nobody outside of Muster reads the bus, since it applies no scopes: boards and programs follow the
same changes by [push](push.md) and by the watches of the [API](api.md).

- *Order:* a message tells one commit and has the next `seq` of its site. The header `Nats-Msg-Id`
  is `<site>:<epoch>:<seq>`, and so is the cursor within. A message that comes twice is known by it.
- *Gaps:* whoever misses a `seq` asks the owner for a replay (the internal `ReplayChanges`).
- *Keeping:* a stream keeps a day and at most 1 GiB, on disk. A full one refuses what is new, which
  waits in the owner's outbox. The bus is transport; the record is the owner's database.
- *Trace:* the header `traceparent` continues the trace of the commit."""


def events_page(files: list[FileDescriptorProto]) -> str:
    """Every event with its stream, subject and fields."""
    types = list_types(files)
    lines = [_INTRODUCTION]
    for file in files:
        if file.name.endswith("/events.proto"):
            owner = file.package.split(".")[1]
            for event in file.message_type:
                message = types[f"{file.package}.{event.name}"]
                assert isinstance(message, Message)
                lines += ["", *_event_lines(owner, event.name, message)]
    return "\n".join(lines)


def _event_lines(owner: str, name: str, message: Message) -> Iterator[str]:
    snake = re.sub(r"(?<=.)([A-Z])", r"_\1", name).lower()
    yield f"## {message.name}"
    yield ""
    yield f"- stream `{stream_of(owner)}`, subject `{subject_of(owner, snake, '<site>')}`"
    yield ""
    yield message.comment
    yield ""
    yield "| field | type | meaning |"
    yield "|---|---|---|"
    yield from (f"| `{it.name}` | {_type_of(it)} | {it.comment} |" for it in message.fields)


def _type_of(field: Field) -> str:
    plain = FieldDescriptorProto.Type.Name(FieldDescriptorProto.Type.ValueType(field.type))
    name = field.type_name.rpartition(".")[2] or plain.removeprefix("TYPE_").lower()
    return f"list of `{name}`" if field.is_repeated else f"`{name}`"

"""The files of contracts, followed into what they import and hold."""

from collections.abc import Iterable, Iterator

from google.protobuf.descriptor import Descriptor, FileDescriptor


def with_imports(files: Iterable[FileDescriptor]) -> tuple[FileDescriptor, ...]:
    """Returns the files and all that they import, each of them behind what it imports."""
    found: dict[str, FileDescriptor] = {}

    def add(file: FileDescriptor) -> None:
        if file.name not in found:
            for imported in file.dependencies:
                add(imported)
            found[file.name] = file

    for file in files:
        add(file)
    return tuple(found.values())


def with_nested(messages: Iterable[Descriptor]) -> Iterator[Descriptor]:
    """Yields the types of messages and all that are declared within them."""
    for message in messages:
        yield message
        yield from with_nested(message.nested_types)

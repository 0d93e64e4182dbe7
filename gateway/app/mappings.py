"""The versions of mappings that are in use, read once."""

from gateway.app.source_ports import Sources
from gateway.domain.sources.mapping import SourceMapping, parse_mapping

REMEMBERED_MAPPINGS = 500


class Mappings:
    """Finds mappings. A version never changes, so what was read stays true."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._known: dict[tuple[str, int], SourceMapping] = {}

    async def find(self, source: str, version: int) -> SourceMapping | None:
        """Returns a version of a source's mapping."""
        key = source, version
        if key not in self._known:
            found = await self._sources.find_mapping(source, version)
            if found is None:
                return None
            while len(self._known) >= REMEMBERED_MAPPINGS:
                del self._known[next(iter(self._known))]
            self._known[key] = parse_mapping(found.text)
        return self._known[key]

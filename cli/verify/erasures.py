"""Whether each name and text that nothing opens any more was erased at somebody's request."""

from collections.abc import Iterator, Sequence
from itertools import islice

from cli.verify.record import ChainPart
from proof.encoding import DamagedBytesError
from proof.entry import decode_entry
from proof.receipt import Opening
from proof.verify import Fault, StoredEntry, StoredLink


class ErasureCheck:
    """Compares emptied salts with the pseudonyms of all erasures that were asked for."""

    def __init__(self, pseudonyms: frozenset[str]) -> None:
        self._pseudonyms = pseudonyms
        self._names: dict[bytes, str] = {}
        self._judged: set[bytes] = set()
        self._waiting: dict[bytes, Opening] = {}
        self.explained = 0
        self._faults: list[Fault] = []

    def take(self, part: ChainPart) -> None:
        """Judges what the next part of a chain brings; openings come with their links or before."""
        self._names |= {opening.digest: opening.value for opening in part.openings}
        for opening in part.openings:
            if opening.is_erased and opening.digest not in self._judged:
                self._judged.add(opening.digest)
                self._take_erased(opening)
        for digest, opening in list(self._waiting.items()):
            for seq, entry in islice(_holders(digest, part.links), 1):
                del self._waiting[digest]
                self._judge(opening, seq, entry)

    def finish(self) -> list[Fault]:
        """Returns the salts that nothing explains, with the first entry that needs each."""
        return [*self._faults, *(_unexplained(opening) for opening in self._waiting.values())]

    def _take_erased(self, opening: Opening) -> None:
        if opening.value in self._pseudonyms:
            self.explained += 1
        else:
            self._waiting[opening.digest] = opening

    def _judge(self, opening: Opening, seq: int, entry: StoredEntry) -> None:
        if self._is_her_text(opening, entry):
            self.explained += 1
        else:
            self._faults.append(_unexplained(opening, f"link {seq}, entry {entry.position}: "))

    def _is_her_text(self, opening: Opening, entry: StoredEntry) -> bool:
        """Tells whether the text concerns, or was written by, somebody who was erased."""
        try:
            held = decode_entry(entry.raw)
        except DamagedBytesError:
            return False
        if opening.value or held.details.text_digest != opening.digest:
            return False
        return bool({entry.agent, self._names.get(held.actor_digest)} & self._pseudonyms)


def _unexplained(opening: Opening, place: str = "") -> Fault:
    what = repr(opening.value) if opening.value else "a text"
    return Fault(0, f"{place}the salt of {what} is gone, and no erasure tells why")


def _holders(digest: bytes, links: Sequence[StoredLink]) -> Iterator[tuple[int, StoredEntry]]:
    for stored in links:
        for entry in stored.entries:
            if digest in entry.raw:
                yield stored.link.seq, entry

"""The measured skews of sources' clocks, and what they make of claimed times."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from services.presence.app.source_ports import Client, SkewStore
from services.presence.domain.skew import (
    MOST_SAMPLES,
    Samples,
    estimate_skew,
    is_sensible,
    sample_of,
)
from services.presence.telemetry import SourceTelemetry

_MOST_KEPT = 20_000


class Skews:
    """The samples of clients' clocks: those that this replica took, and those that it looked up."""

    def __init__(self, store: SkewStore, telemetry: SourceTelemetry) -> None:
        self._store = store
        self._telemetry = telemetry
        self._known: dict[Client, Samples] = {}
        self._new: dict[Client, Samples] = {}

    def measure(self, client: Client, sent_time: datetime, received_time: datetime) -> None:
        """Takes what a client's clock said when it sent a message."""
        sample = sample_of(sent_time - received_time)
        self._new[client] = (*self._new.get(client, ()), sample)[-MOST_SAMPLES:]

    async def of(self, clients: Collection[Client]) -> Mapping[Client, timedelta]:
        """Returns by how much each client's clock is ahead; nothing for those never measured."""
        known = {client: self._known[client] for client in clients if client in self._known}
        missing = [client for client in clients if client not in known]
        if missing:
            read = dict.fromkeys(missing, ()) | dict(await self._store.read_samples(missing))
            known |= read
            self._keep(read)
        return {
            client: estimate_skew((*known[client], *self._new.get(client, ())))
            for client in clients
        }

    async def flush(self) -> None:
        """Writes the new samples."""
        new, self._new = self._new, {}
        if not new:
            return
        try:
            merged = await self._store.add_samples(new)
        except BaseException:
            self._new = new | self._new
            raise
        self._keep(merged)
        for samples in merged.values():
            if is_sensible(samples[-1]):
                self._telemetry.observe_skew(estimate_skew(samples))

    def _keep(self, samples: Mapping[Client, Samples]) -> None:
        if len(self._known) + len(samples) > _MOST_KEPT:
            # Whoever is still there is looked up again.
            self._known.clear()
        self._known |= samples

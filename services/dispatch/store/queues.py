"""Queues as data in PostgreSQL."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from chassis.clock import Clock
from chassis.database import Database, lock_head
from services.dispatch.domain.event import Place
from services.dispatch.domain.messages import split_queues
from services.dispatch.domain.queue import Queue, QueueKey
from services.dispatch.store.commit import Change, Encode, Teller
from services.dispatch.store.queue_rows import SELECT_QUEUES, queue_of, write_queues

_FIND = f"""{SELECT_QUEUES}
WHERE (site, id) IN (SELECT * FROM unnest(%s::text[], %s::text[]))
"""  # noqa: S608 - constants
_LIST = f"{SELECT_QUEUES} WHERE site = %s AND id > %s ORDER BY id LIMIT %s"


class PostgresQueues:
    """Writes and reads queues."""

    def __init__(self, database: Database, clock: Clock, encode: Encode) -> None:
        self._database = database
        self._clock = clock
        self._encode = encode

    async def find_queues(self, keys: Iterable[QueueKey]) -> Mapping[QueueKey, Queue]:
        """Finds queues as the port says."""
        wanted = list(keys)
        columns = [key.site for key in wanted], [key.queue for key in wanted]
        async with self._database.connection() as connection:
            cursor = await connection.execute(_FIND, columns)
            queues = [queue_of(row) for row in await cursor.fetchall()]
        return {queue.key: queue for queue in queues}

    async def apply(self, queues: Sequence[Queue]) -> tuple[Place, ...]:
        """Writes queues as the port says; sites are locked in the order of their names."""
        now = self._clock.now()
        places = []
        ordered = sorted(queues, key=lambda queue: queue.key)
        async with self._database.transaction() as connection:
            for site, of_site in groupby(ordered, key=lambda queue: queue.key.site):
                teller = Teller(connection, await lock_head(connection, site), now, self._encode)
                changed = list(of_site)
                await write_queues(connection, changed)
                changes = [Change(queues=part) for part in split_queues(changed)]
                places.append(await teller.tell(changes))
        return tuple(places)

    async def list_queues(self, site: str, after: str, limit: int) -> list[Queue]:
        """Lists queues as the port says."""
        async with self._database.connection() as connection:
            cursor = await connection.execute(_LIST, (site, after, limit))
            return [queue_of(row) for row in await cursor.fetchall()]

"""The write path: one transaction records entries, moves the site's head and fills its outbox."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import perf_counter

import psycopg

from chassis.clock import Clock
from chassis.database import (
    Connection,
    Database,
    Head,
    OutboxRow,
    append_outbox,
    lock_head,
    move_head,
)
from proof.entry import encode_entry
from proof.link import Link
from proof.merkle import leaf_hash, root_of
from services.presence.app.ports import Recorded, UnstorableEntriesError
from services.presence.domain.agent_state import AgentState
from services.presence.domain.chain import hashed_entry_of
from services.presence.domain.entry import Entry, Place, ReportKey
from services.presence.domain.link import split_links
from services.presence.store.agent_days import insert_late_changes
from services.presence.store.agent_states import CommitStates, SiteCopy, StaleCopyError
from services.presence.store.partitions import DayPartitions
from services.presence.store.people import (
    NameDigests,
    Seal,
    StaleDigestsError,
    insert_seals,
    seal_texts,
)
from services.presence.store.policies import SiteRules, read_rules
from services.presence.store.statements import (
    insert_keys,
    insert_link,
    widen_coverage,
)
from services.presence.store.tables import REPORT_KEY, STATE_LOG
from services.presence.telemetry import PresenceTelemetry

EncodeLink = Callable[[Link, Sequence[Entry], Mapping[str, AgentState]], bytes]
SUBJECT = "muster.presence.v1.agent_states_changed."
_DAY = timedelta(days=1)
_MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class _Commit:
    """What all links of one commit share."""

    time: datetime
    digests: Mapping[str, bytes]
    states: CommitStates

    def next_link(self, head: Head, entries: Sequence[Entry], seals: Mapping[int, Seal]) -> Link:
        leaves = [
            leaf_hash(encode_entry(hashed_entry_of(entry, self.digests))) for entry in entries
        ]
        for position, seal in seals.items():
            sealed = hashed_entry_of(entries[position], self.digests, seal.digest)
            leaves[position] = leaf_hash(encode_entry(sealed))
        seq = head.seq + 1
        return Link(head.site, head.epoch, seq, self.time, head.hash, root_of(leaves), len(leaves))


class PostgresStateLog:
    """The log of all sites in PostgreSQL.

    Any number of replicas may write: whoever commits for a site holds its head row.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        telemetry: PresenceTelemetry,
        encode_link: EncodeLink,
    ) -> None:
        self._database = database
        self._clock = clock
        self._telemetry = telemetry
        self._encode_link = encode_link
        self._log_partitions = DayPartitions(STATE_LOG.name, database, telemetry)
        self._key_partitions = DayPartitions(REPORT_KEY.name, database, telemetry)
        self._names = NameDigests(database)
        self._copies: dict[str, SiteCopy] = {}
        self._rules: dict[str, SiteRules] = {}

    async def record(self, site: str, entries: Sequence[Entry]) -> Recorded:
        """Records entries as the port says; raises Refusal UNAVAILABLE without a database."""
        start = perf_counter()
        first_of: dict[ReportKey, int] = {}
        for index, entry in enumerate(entries):
            key = entry.key
            # What concerns no single agent is recorded once for each site that it concerns.
            first_of.setdefault(key if key.agent else key._replace(agent=f"sites/{site}"), index)
        try:
            await self._make_partitions(first_of)
            place, new = await self._record_in_time(site, entries, first_of)
        except (psycopg.DataError, psycopg.IntegrityError) as error:
            raise UnstorableEntriesError(str(error)) from error
        marks = [False] * len(entries)
        for index in new:
            marks[index] = True
        self._telemetry.commit_seconds.observe(perf_counter() - start)
        return Recorded(place, tuple(marks))

    async def _make_partitions(self, keys: dict[ReportKey, int]) -> None:
        today = self._clock.now().date()
        # Tomorrow's too, so that no commit has to make one while it holds a head.
        await self._log_partitions.ensure((today, today + _DAY))
        await self._key_partitions.ensure({key.occurred_day for key in keys})

    async def _record_in_time(
        self, site: str, entries: Sequence[Entry], first_of: dict[ReportKey, int]
    ) -> tuple[Place, list[int]]:
        for _ in range(_MOST_TRIES - 1):
            try:
                return await self._record(site, entries, first_of)
            except (StaleCopyError, StaleDigestsError):
                continue
            except psycopg.errors.CheckViolation:
                # Retention dropped a partition that was seen here.
                self._log_partitions.forget()
                self._key_partitions.forget()
                await self._make_partitions(first_of)
        return await self._record(site, entries, first_of)

    async def _record(
        self, site: str, entries: Sequence[Entry], first_of: dict[ReportKey, int]
    ) -> tuple[Place, list[int]]:
        # A failure leaves no copy behind.
        copy = self._copies.pop(site, SiteCopy())
        names = await self._names.know(_names_in(entries))
        async with self._database.transaction() as connection:
            head = await lock_head(connection, site)
            standing = await insert_keys(connection, site, first_of.keys())
            if standing.erasures != names.erasures:
                self._forget()
                raise StaleDigestsError
            rules = await self._rules_of(connection, site, standing.policy_version)
            if (copy.epoch, copy.seq, copy.version) != (head.epoch, head.seq, rules.version):
                copy = SiteCopy()
            new = sorted(first_of[key] for key in standing.fresh)
            if new:
                # Replicas' clocks differ a little; the order of a site does not go back in time.
                now = max(self._clock.now(), standing.last_time)
                await self._log_partitions.ensure((now.date(),))
                states = CommitStates(connection, copy.states, rules.history)
                commit = _Commit(now, names.digests, states)
                head = await self._append(connection, head, [entries[i] for i in new], commit)
        self._copies[site] = SiteCopy(head.epoch, head.seq, rules.version, copy.states)
        return Place(site, head.epoch, head.seq), new

    async def _rules_of(self, connection: Connection, site: str, version: int) -> SiteRules:
        rules = self._rules.get(site, SiteRules())
        if rules.version != version:
            rules = self._rules[site] = await read_rules(connection, site)
        return rules

    def _forget(self) -> None:
        self._names.forget()
        self._copies.clear()

    async def _append(
        self, connection: Connection, head: Head, entries: Sequence[Entry], commit: _Commit
    ) -> Head:
        states = commit.states
        await states.load(head.site, entries)
        parts = list(split_links(entries))
        moves = [await states.move(part) for part in parts]
        async with connection.pipeline():
            for part, moved in zip(parts, moves, strict=True):
                seals = seal_texts(part)
                link = commit.next_link(head, part, seals)
                await insert_link(connection, link, part)
                await insert_seals(connection, (link.site, link.epoch, link.seq), seals)
                await states.write(link.site, link.seq, moved)
                await append_outbox(connection, self._outbox_row(link, part, moved))
                head = replace(head, seq=link.seq, hash=link.hash)
                self._telemetry.link_entries.observe(len(part))
            await widen_coverage(connection, head.site, entries)
            place = Place(head.site, head.epoch, head.seq)
            await insert_late_changes(connection, place, commit.time.date(), entries)
            await move_head(connection, head, commit.time)
        states.ensure_written()
        return head

    def _outbox_row(
        self, link: Link, entries: Sequence[Entry], moved: Mapping[str, AgentState]
    ) -> OutboxRow:
        payload = self._encode_link(link, entries, moved)
        subject = SUBJECT + link.site
        return OutboxRow(link.site, link.epoch, link.seq, subject, payload, link.recorded_time)


def _names_in(entries: Sequence[Entry]) -> set[str]:
    names = {entry.agent for entry in entries} | {entry.actor for entry in entries}
    return names - {""}

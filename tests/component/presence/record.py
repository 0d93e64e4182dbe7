"""The record of a site as it is kept, with a clock that a test moves; and whoever attacks it."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from typer.testing import CliRunner

from chassis.clock import ManualClock
from chassis.database import Database
from chassis.identity import PROCESS_GRANTS, Signer, create_keys
from chassis.telemetry import silent_telemetry
from cli.verify.commands import app
from proof.link import Link
from proof.merkle import leaf_hash, root_of
from proof.stored import (
    LINKS_AT_ONCE,
    SELECT_ENTRIES,
    SELECT_EPOCHS,
    SELECT_LINKS,
    stored_links,
)
from proof.verify import StoredLink
from services.presence.app.checkpoints import Checkpoints
from services.presence.app.daily_roots import DailyRoots
from services.presence.app.delivery import Delivery
from services.presence.app.record_ports import Keeping, RecordReaders
from services.presence.app.retention import Retention
from services.presence.bus.encoding import encode_link
from services.presence.domain.entry import Details, Entry, Place
from services.presence.export.files import RootFiles
from services.presence.export.mail import MailServer, RootMails
from services.presence.store.chain_reader import PostgresChain
from services.presence.store.checkpoints import PostgresCheckpoints
from services.presence.store.daily_roots import PostgresRoots
from services.presence.store.retention import PostgresRetention
from services.presence.store.state_log import PostgresStateLog
from services.presence.telemetry import PresenceTelemetry, RecordTelemetry
from tests.unit.presence.builders import an_entry

NO_MAIL = MailServer("", 0, "none", "", "", "muster@example.org")
SITE = "bank"


class Keepings:
    """Keeps each site's log for so many days, and mails whom the test names."""

    def __init__(self) -> None:
        self.days: dict[str, int] = {}
        self.recipients: tuple[str, ...] = ()

    async def keeping_of(self, site: str) -> Keeping:
        return Keeping(self.days.get(site, 90), self.recipients)


class Record:
    """A record that is kept when the test says so."""

    def __init__(self, database: Database, url: str, folder: Path, start: datetime) -> None:
        create_keys(folder / "keys", PROCESS_GRANTS)
        self.url = url
        self.clock = ManualClock(start)
        self.keepings = Keepings()
        self.roots_folder = folder / "roots"
        self.trust_file = folder / "keys" / "trust.json"
        self.signer = Signer.load(folder / "keys" / "presence.key", "presence")
        self.telemetry = silent_telemetry("presence")
        self.log = PostgresStateLog(
            database, self.clock, PresenceTelemetry(self.telemetry), encode_link
        )
        self.read = RecordReaders(
            PostgresChain(database), PostgresCheckpoints(database), PostgresRoots(database)
        )
        self._told = RecordTelemetry(self.telemetry)
        self._retention = PostgresRetention(database)

    async def write(self, *entries: Entry, site: str = SITE) -> None:
        """Records entries as one link, a second after the last one."""
        self.clock.advance(timedelta(seconds=1))
        await self.log.record(site, entries)

    async def write_day(self, links: int = 4, site: str = SITE, prefix: str = "") -> None:
        """Records links of three entries each, then moves to the next day's noon."""
        now = self.clock.now()
        for number in range(links):
            await self.write(
                *(
                    an_entry(agent, event_id=f"{prefix}{now:%d}-{number}", occurred_time=now)
                    for agent in ("ana", "bob", "eve")
                ),
                site=site,
            )
        noon = self.clock.now().replace(hour=12, minute=0, second=0, microsecond=0)
        self.clock.advance(noon + timedelta(days=1) - self.clock.now())

    async def keep(self, site: str = SITE, mail: MailServer = NO_MAIL) -> None:
        """Does what is due: a checkpoint, roots of closed days, their delivery."""
        head = await self.head(site)
        checkpoints = Checkpoints(self.read.chain, self.read.checkpoints, self.signer)
        await checkpoints.sign_up_to(head)
        roots = DailyRoots(self.read.chain, self.read.roots, self.read.checkpoints, self.signer)
        await roots.close_days(head, self.clock.now())
        await self.delivery(mail).deliver(site, self.clock.now())

    def delivery(self, mail: MailServer = NO_MAIL) -> Delivery:
        files, mails = RootFiles(self.roots_folder), RootMails(mail)
        return Delivery(self.read, files, mails, self.keepings, self._told)

    async def forget_old(self, site: str = SITE) -> None:
        """Lets retention do its daily work."""
        retention = Retention(self.read.chain, self.keepings, self._retention, self._told)
        await retention.keep(site, self.clock.now())

    async def head(self, site: str = SITE) -> Place:
        head = await self.read.chain.find_head(site)
        assert head is not None
        return head

    async def verify(self, *arguments: str) -> "Verdict":
        """Runs `muster verify` as whoever doubts."""
        return await asyncio.to_thread(self._verify, arguments)

    async def verify_log(self, *arguments: str) -> "Verdict":
        """Verifies the log in the database by the roots that were exported."""
        roots = ("--roots", str(self.roots_folder)) if self.roots_folder.is_dir() else ()
        return await self.verify("log", "--database-url", self.url, *roots, *arguments)

    def _verify(self, arguments: Sequence[str]) -> "Verdict":
        result = CliRunner().invoke(app, [*arguments, "--key", str(self.trust_file)])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Verdict(result.exit_code, result.stdout)


class Verdict:
    """What the command answered."""

    def __init__(self, exit_code: int, output: str) -> None:
        self.exit_code = exit_code
        self.output = output

    @property
    def json(self) -> Any:
        return json.loads(self.output)


class Attacker:
    """Has every right in the database, knows how links are made, and lacks the key."""

    def __init__(self, url: str) -> None:
        self._url = url.replace("//presence:", "//postgres:", 1)

    def run(self, statement: str, values: Sequence[object] = ()) -> None:
        with self._connect() as connection:
            connection.execute(statement.encode(), values)

    def make_links_again(self, site: str = SITE) -> None:
        """Makes every link's root and hash fit what is stored, from the first one on."""
        with self._connect() as connection:
            previous = b""
            for stored in self._links(connection, site):
                link = stored.link
                leaves = [leaf_hash(entry.raw) for entry in stored.entries]
                made = Link(
                    site, link.epoch, link.seq, link.recorded_time, previous, root_of(leaves),
                    len(leaves),
                )  # fmt: skip
                connection.execute(
                    "UPDATE link SET previous_hash = %s, root = %s, hash = %s, entry_count = %s"
                    " WHERE site = %s AND seq = %s",
                    (previous, made.root, made.hash, made.entry_count, site, link.seq),
                )
                previous = made.hash
            connection.execute("UPDATE site_head SET hash = %s WHERE site = %s", (previous, site))

    def _links(self, connection: Any, site: str) -> list[StoredLink]:
        epochs = connection.execute(SELECT_EPOCHS, {"site": site}).fetchall()
        return [link for (epoch,) in epochs for link in self._links_of(connection, site, epoch)]

    def _links_of(self, connection: Any, site: str, epoch: int) -> list[StoredLink]:
        span: dict[str, object] = {"site": site, "epoch": epoch, "first": 1, "last": LINKS_AT_ONCE}
        links = connection.execute(SELECT_LINKS, span).fetchall()
        ever = {
            "start": datetime(1990, 1, 1, tzinfo=UTC),
            "end": datetime(2990, 1, 1, tzinfo=UTC),
        }
        entries = connection.execute(SELECT_ENTRIES, span | ever).fetchall()
        return stored_links(links, entries, ())[0]

    def _connect(self) -> Any:
        return psycopg.connect(self._url, options="-c search_path=presence -c timezone=UTC")


@asynccontextmanager
async def a_record(url: str, folder: Path, start: datetime) -> AsyncIterator[Record]:
    database = await Database.open(url, application="test")
    try:
        yield Record(database, url, folder, start)
    finally:
        await database.close()


def a_note(text: str, agent: str = "ana", **changes: object) -> Entry:
    """An entry with a text that somebody wrote."""
    return an_entry(agent, details=Details(text=text), **changes)  # type: ignore[arg-type]  # by name

"""Brings Muster up in a folder and keeps it up until told to stop."""

import asyncio
import json
import os
import signal
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

from chassis.embedded import (
    Programs,
    place_programs,
    prepare_nats,
    prepare_postgres,
    spawn_options,
)
from chassis.identity import PROCESS_GRANTS, create_keys
from chassis.supervisor import ChildFailedError, Happening, Supervisor
from chassis.supervisor.leftovers import end_leftover_children
from chassis.supervisor.lock import LockHeldError, hold_lock
from chassis.supervisor.ports import LOCAL_HOST, choose_ports, find_listener, is_port_free
from chassis.supervisor.processes import identify_process
from chassis.supervisor.record import RunRecord
from chassis.supervisor.runfile import read_run
from cli.errors import CommandError
from cli.local.console import TreeConsole
from cli.local.layout import Layout
from cli.local.options import PROCESSES, Options
from cli.local.plan import (
    Basis,
    database_environment,
    plan_processes,
    plan_stores,
    port_names,
    restored_command,
    upgrade_command,
)
from cli.local.secrets import load_secrets

_STORES = ("postgres", "nats")


async def run_tree(
    layout: Layout, options: Options, environment: Mapping[str, str], console: TreeConsole
) -> None:
    """Runs until Ctrl-C or SIGTERM; raises CommandError if it cannot be brought up."""
    with _sole_user(layout):
        _recover(layout, console)
        basis = _lay_ground(layout, options, environment)
        await _Tree(basis, console).run()


@contextmanager
def _sole_user(layout: Layout) -> Iterator[None]:
    try:
        with hold_lock(layout.lock):
            yield
    except LockHeldError:
        raise CommandError(_already_runs(layout)) from None


def _already_runs(layout: Layout) -> str:
    run = read_run(layout.run_file)
    if run is None:
        return f"Muster already starts in {layout.home}: wait for it, or stop it there first"
    urls = ", ".join(run.urls.values())
    return (
        f"Muster already runs in {layout.home} as process {run.supervisor.pid}: {urls}. "
        f"Stop it with Ctrl-C in its terminal or with `kill {run.supervisor.pid}`"
    )


def _recover(layout: Layout, console: TreeConsole) -> None:
    """Clears up after a run that was killed: the lock is ours, so that nothing may run here."""
    run = read_run(layout.run_file)
    if run is None:
        return
    console.say("The last run here was killed: recovering.")
    for name in end_leftover_children(run):
        console.step_done(name, "was still running and is killed")
    layout.run_file.unlink(missing_ok=True)


def _lay_ground(layout: Layout, options: Options, environment: Mapping[str, str]) -> Basis:
    for port, option in ((options.http_port, "http-port"), (options.grpc_port, "grpc-port")):
        _require_free(port, option)
    _require_passwords(layout)
    create_keys(layout.keys, PROCESS_GRANTS)
    fixed = {"gateway.http": options.http_port, "gateway.grpc": options.grpc_port}
    ports = choose_ports(
        port_names(options),
        seed=str(layout.home),
        is_free=lambda port: port not in fixed.values() and is_port_free(port),
    )
    return Basis(
        layout=layout,
        options=options,
        ports={**ports, **{name: port for name, port in fixed.items() if port}},
        secrets=load_secrets(layout.secrets, (*_STORES, *PROCESSES)),
        environment=environment,
    )


def _require_passwords(layout: Layout) -> None:
    """New passwords would be of no use for a database that was made with others."""
    if (layout.postgres / "PG_VERSION").exists() and not layout.secrets.exists():
        raise CommandError(
            f"{layout.secrets} is missing, and the database in {layout.postgres} cannot be opened "
            f"without it: restore it, or move {layout.home} away to begin with an empty one"
        )


def _require_free(port: int, option: str) -> None:
    if port == 0 or is_port_free(port):
        return
    holder = find_listener(port)
    by = f" by {holder}" if holder else ""
    other = f"--{option} {port + 10}"
    raise CommandError(
        f"port {port} of {LOCAL_HOST} is taken{by}: stop that program, or choose another port, "
        f'for example `muster up {other}` or `make run ARGS="{other}"`'
    )


class _Tree:
    """One run of the tree, from the first child's start to the last one's end."""

    def __init__(self, basis: Basis, console: TreeConsole) -> None:
        self._basis = basis
        self._console = console
        self._layout = basis.layout
        self._supervisor = Supervisor(self._layout.logs, self._tell)
        self._stop = asyncio.Event()
        me = identify_process(os.getpid())
        if me is None:
            raise RuntimeError("this process is not in /proc")
        self._urls = {
            "board": f"http://{basis.address('gateway.http')}/board",
            "gRPC": basis.address("gateway.grpc"),
        }
        self._record = RunRecord(self._layout.run_file, me, self._urls)

    async def run(self) -> None:
        self._listen_for_signals()
        try:
            async with self._supervisor:
                try:
                    if await self._unless_stopped(self._bring_up()):
                        await self._unless_stopped(self._supervisor.watch())
                finally:
                    self._record.enter("stopping")
                    self._console.say("\nStopping.")
        finally:
            self._record.end()

    def _listen_for_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._ask_to_stop)

    def _ask_to_stop(self) -> None:
        if self._stop.is_set():
            self._supervisor.kill()
        self._stop.set()

    async def _unless_stopped(self, work: Coroutine[Any, Any, None]) -> bool:
        """Does the work; gives it up and returns False when told to stop."""
        task = asyncio.create_task(work)
        told = asyncio.create_task(self._stop.wait())
        await asyncio.wait({task, told}, return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        if task.done():
            task.result()
            return True
        task.cancel()
        await asyncio.wait({task})
        return False

    async def _bring_up(self) -> None:
        self._console.say(f"Muster starts in {self._layout.home}")
        passwords: dict[str, str] = {}
        try:
            await self._start_stores()
            passwords = await self._upgrade()
            if self._basis.options.restored:
                await self._raise_epochs()
            processes = plan_processes(self._basis)
            self._record.add(processes)
            await self._supervisor.start(processes)
            self._console.running(self._urls, self._layout.logs)
        except ChildFailedError as error:
            self._console.failed(error)
            log = self._layout.logs / f"{error.child}.log"
            raise CommandError(f"{error.child} does not come up; its log is {log}") from None
        finally:
            # They exist from the upgrade on, whatever comes after it.
            if passwords:
                self._console.first_passwords(passwords)
        self._console.say("\nCtrl-C stops it.")
        self._record.enter("ready")

    async def _start_stores(self) -> None:
        layout, secrets = self._layout, self._basis.secrets
        programs = cache(partial(place_programs, layout.programs, layout.run_as))
        stores = plan_stores(self._basis, programs)
        names = {child.name for child in stores}
        if "postgres" in names:
            await asyncio.to_thread(_prepare_postgres, layout, secrets["postgres"], programs())
        if "nats" in names:
            prepare_nats(layout.nats, secrets["nats"], run_as=layout.run_as)
        self._record.add(stores)
        await self._supervisor.start(stores)

    async def _upgrade(self) -> dict[str, str]:
        result = await self._run(upgrade_command())
        count = sum(len(revisions) for revisions in result["applied"].values())
        self._console.step_done("migrations", f"{count} applied" if count else "nothing to do")
        return dict(result["first_passwords"])

    async def _raise_epochs(self) -> None:
        raised = await self._run(restored_command())
        count = max((one["sites"] for one in raised), default=0)
        self._console.step_done("restored", f"{count} sites begin a new epoch")

    async def _run(self, command: tuple[str, ...]) -> Any:
        """Returns what a command says that works with the database, in a process of its own, so
        that this one stays small.
        """
        process = await asyncio.create_subprocess_exec(
            *command,
            env=database_environment(self._basis),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            **spawn_options(None, orphan_signal=signal.SIGKILL),
        )
        try:
            answer, errors = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
        if process.returncode != 0:
            raise CommandError(f"the database could not be prepared: {last_words(errors)}")
        return json.loads(answer)

    def _tell(self, happening: Happening) -> None:
        self._record.tell(happening)
        self._console.tell(happening)


def last_words(errors: bytes) -> str:
    """Returns the sentence with which a command of Muster ended, out of all that it said."""
    said = errors.decode(errors="replace").strip().splitlines()
    return said[-1].removeprefix("muster: ") if said else "the upgrade ended without a word"


def _prepare_postgres(layout: Layout, password: str, programs: Programs) -> None:
    prepare_postgres(layout.postgres, password, run_as=layout.run_as, binaries=programs.postgres)

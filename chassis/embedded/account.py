"""The account that the embedded servers run as."""

import ctypes
import os
import signal
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Account:
    """Who a server runs as when we are root."""

    uid: int
    gid: int


# `nobody` has an entry in passwd on every Linux, which initdb insists on.
NOBODY = Account(uid=65534, gid=65534)


def run_as_account() -> Account | None:
    """Return the account to drop to, or None when we are an ordinary user already."""
    return NOBODY if os.geteuid() == 0 else None


def spawn_options(
    run_as: Account | None, *, orphan_signal: signal.Signals = signal.SIGINT
) -> dict[str, Any]:
    """Return the keyword arguments for subprocess with which a server starts.

    It owns no right beyond its account's, creates private files only, keeps no folder busy, gets no
    Ctrl-C of the terminal (its supervisor stops it, in order), and gets orphan_signal when its
    supervisor dies. SIGINT is the fast stop of PostgreSQL and a clean one of NATS.
    """
    options: dict[str, Any] = {
        "cwd": "/",
        "umask": 0o077,
        "start_new_session": True,
        "preexec_fn": _die_with_parent(os.getpid(), orphan_signal),
    }
    if run_as is not None:
        options |= {"user": run_as.uid, "group": run_as.gid, "extra_groups": []}
    return options


def own(path: Path, run_as: Account | None) -> None:
    """Give a file or folder that we made to the account."""
    if run_as is not None:
        os.chown(path, run_as.uid, run_as.gid)


def reachable(path: Path, run_as: Account | None) -> bool:
    """Tell whether the account may enter every folder on the way to path."""
    if run_as is None:
        return True
    return all(_may_enter(folder.stat(), run_as) for folder in path.resolve().parents)


def _may_enter(status: os.stat_result, run_as: Account) -> bool:
    if status.st_uid == run_as.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == run_as.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


# Loaded before any fork: the child between fork and exec must not import.
_libc = ctypes.CDLL(None, use_errno=True)


def _die_with_parent(parent: int, orphan_signal: signal.Signals) -> Callable[[], None]:
    def prepare() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, orphan_signal)
        # A parent that died before the line above sends no signal any more.
        if os.getppid() != parent:
            os._exit(1)

    return prepare

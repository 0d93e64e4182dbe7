"""Which ports the children listen on.

Ports are kept over restarts, so that the addresses that the children were told stay true. They are
chosen below the range from which the kernel deals ports to outgoing connections: one of those could
otherwise sit on the port of a child that is just being restarted.
"""

import hashlib
import socket
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

LOCAL_HOST = "127.0.0.1"
_LOWEST = 20_000
_SPAN = 10_000


def choose_ports(names: Sequence[str], seed: str, is_free: Callable[[int], bool]) -> dict[str, int]:
    """Gives each name a free port: the same ones for the same seed while they are free."""
    candidates = (port for port in port_candidates(seed) if is_free(port))
    try:
        return {name: next(candidates) for name in names}
    except StopIteration:
        raise LookupError(
            f"no {len(names)} free ports between {_LOWEST} and {_LOWEST + _SPAN}"
        ) from None


def port_candidates(seed: str) -> Iterator[int]:
    """Lists every candidate once, beginning at a place that depends on the seed."""
    start = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4]) % _SPAN
    return (_LOWEST + (start + step) % _SPAN for step in range(_SPAN))


def is_port_free(port: int, host: str = LOCAL_HOST) -> bool:
    """Tells whether a server could listen on the port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As servers do: a port whose last connections linger in TIME_WAIT counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def find_listener(port: int, proc: Path = Path("/proc")) -> str | None:
    """Names the program that listens on a port, as `name, process id`, if the system tells."""
    tables = (file.read_text() for file in (proc / "net/tcp", proc / "net/tcp6") if file.exists())
    inodes = {inode for table in tables for inode in _listening_inodes(table, port)}
    for process in proc.glob("[0-9]*") if inodes else ():
        if _holds_socket(process, inodes):
            return f"{(process / 'comm').read_text().strip()}, process {process.name}"
    return None


def _listening_inodes(table: str, port: int) -> Iterator[str]:
    for line in table.splitlines()[1:]:
        cells = line.split()
        if cells[3] == "0A" and int(cells[1].rpartition(":")[2], 16) == port:
            yield cells[9]


def _holds_socket(process: Path, inodes: set[str]) -> bool:
    sockets = {f"socket:[{inode}]" for inode in inodes}
    try:
        return any(str(file.readlink()) in sockets for file in (process / "fd").iterdir())
    except OSError:
        return False

"""Daily roots as files in a folder from which somebody else takes them away."""

import asyncio
import os
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

from proof.daily_root import DailyRoot, root_to_json


class RootFiles:
    """A folder with one folder a site, and in it `<day>.root.json` and `<day>.leaves`."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @property
    def is_set(self) -> bool:
        """Whether there is a folder."""
        return self._folder is not None

    async def put(self, root: DailyRoot, leaves: AsyncIterator[bytes]) -> bool:
        """Writes both files, each whole or not at all; OSError if that cannot be done.

        If the leaves are no longer those of the root, the root is written alone and False returned.
        Another root of that day stays, and is an OSError: it may be all that tells of what a
        restored database lacks.
        """
        assert self._folder is not None  # noqa: S101 - is_set
        folder = self._folder / root.site
        await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        name, content = root.day.isoformat(), root_to_json(root).encode()
        file = folder / f"{name}.root.json"
        await asyncio.to_thread(_ensure_no_other, file, content)
        same = await _write_leaves(folder / f"{name}.leaves", leaves, root.leaves_hash)
        await asyncio.to_thread(_write, file, content)
        return same


def _ensure_no_other(path: Path, content: bytes) -> None:
    if path.exists() and path.read_bytes() != content:
        raise FileExistsError(f"{path} is another root of that day: take it away and keep it")


async def _write_leaves(path: Path, leaves: AsyncIterator[bytes], expected: bytes) -> bool:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    made = sha256()
    with await asyncio.to_thread(draft.open, "wb") as file:
        async for part in leaves:
            made.update(part)
            await asyncio.to_thread(file.write, part)
        file.flush()
        await asyncio.to_thread(os.fsync, file.fileno())
    if made.digest() != expected:
        await asyncio.to_thread(draft.unlink)
        return False
    await asyncio.to_thread(draft.replace, path)
    return True


def _write(path: Path, content: bytes) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)

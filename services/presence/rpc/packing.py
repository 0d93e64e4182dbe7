"""Columns of numbers as the bytes that timeline_service.proto describes.

A zlib stream of bytes by significance: the high ones are nearly all alike, and the low ones hold
what there is to tell. ISA-L writes it in a fifth of the time that zlib takes for as good a result.
"""

import numpy as np
from isal import isal_zlib
from numpy.typing import NDArray

_LEVEL = 2


def pack_bytes(content: bytes) -> bytes:
    """Returns the zlib stream of bytes."""
    return isal_zlib.compress(content, _LEVEL)


def pack_numbers(numbers: NDArray[np.int64], width: int) -> bytes:
    """Packs numbers of so many bytes each, all lowest bytes first, then all next higher ones."""
    narrow = numbers.astype(f"<u{width}")
    return pack_bytes(narrow.view(np.uint8).reshape(-1, width).T.tobytes())


def pack_halves(rows: NDArray[np.uint8]) -> bytes:
    """Packs numbers below 16 by two in a byte, the earlier one in the low half, row by row."""
    even = rows if rows.shape[1] % 2 == 0 else np.pad(rows, ((0, 0), (0, 1)))
    return pack_bytes((even[:, ::2] | even[:, 1::2] << 4).tobytes())

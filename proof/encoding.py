"""The pieces that every hashed or signed form is made of.

All integers are big-endian. `text` is its length in UTF-8 bytes as uint32, then these bytes.
`digest` is uint8 length (32, or 0 for none), then these bytes. An instant is an int64 of
microseconds since 1970-01-01 UTC.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from struct import Struct

FORMAT_VERSION = 1
FORMAT = bytes((FORMAT_VERSION,))
DIGEST_BYTES = 32
SALT_BYTES = 32
NO_DIGEST = b""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LENGTH = Struct(">I")


class DamagedBytesError(ValueError):
    """Bytes that are not of the form they should have."""


def microseconds_of(instant: datetime) -> int:
    """Returns the microseconds from 1970-01-01 UTC to an aware instant."""
    return (instant - _EPOCH) // _MICROSECOND


def instant_of(microseconds: int) -> datetime:
    """Returns the instant so many microseconds after 1970-01-01 UTC."""
    return _EPOCH + timedelta(microseconds=microseconds)


def text_bytes(text: str) -> bytes:
    """Returns the `text` form."""
    raw = text.encode()
    return _LENGTH.pack(len(raw)) + raw


def digest_bytes(digest: bytes) -> bytes:
    """Returns the `digest` form."""
    return bytes((len(digest),)) + digest


def salted_digest(salt: bytes, value: str) -> bytes:
    """Returns what stands for a name or a text in hashed bytes: SHA-256 of salt and value."""
    return sha256(salt + value.encode()).digest()


class ByteReader:
    """Reads the forms above one after the other; DamagedBytesError where they end too early."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._at = 0

    @property
    def is_at_end(self) -> bool:
        """Whether everything was read."""
        return self._at == len(self._raw)

    def raw(self, count: int) -> bytes:
        """Reads so many bytes."""
        end = self._at + count
        if end > len(self._raw):
            raise DamagedBytesError("the bytes end too early")
        part, self._at = self._raw[self._at : end], end
        return part

    def numbers(self, form: Struct) -> tuple[int, ...]:
        """Reads integers."""
        return form.unpack(self.raw(form.size))

    def byte(self) -> int:
        """Reads a uint8."""
        return self.raw(1)[0]

    def text(self) -> str:
        """Reads a `text`."""
        (length,) = self.numbers(_LENGTH)
        try:
            return self.raw(length).decode()
        except UnicodeDecodeError as error:
            raise DamagedBytesError("a text is not UTF-8") from error

    def digest(self) -> bytes:
        """Reads a `digest`."""
        length = self.byte()
        if length not in {0, DIGEST_BYTES}:
            raise DamagedBytesError("a digest has 32 bytes or none")
        return self.raw(length)

"""Accounts from CSV or XLSX files, and the file of their one-time codes."""

import csv
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import IO

from muster.gateway.v1 import account_service_pb2 as pb

from chassis.errors import Refusal
from cli.errors import CommandError
from cli.importing.files import open_table
from cli.importing.mapping import FileRule
from cli.importing.tables import FileRefusedError, check_columns

ACCOUNT_COLUMNS = ("id", "display_name", "roles")
ALL_SITES = "all"
_TRUTHS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}
_FAULTY_FIELD = re.compile(r"accounts\[(\d+)\]\.(\w+)")


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as a line of a file has it."""

    line: int
    account: pb.Account


def read_accounts(file: Path) -> list[AccountRow]:
    """Reads the accounts of a file; FileRefusedError names what is wrong with it."""
    with open_table(file, FileRule()) as table:
        check_columns(table, ACCOUNT_COLUMNS)
        rows = []
        for row in table.rows:
            if row.cells is None:
                raise FileRefusedError(f"{file} line {row.line} is wider or narrower than line 1")
            rows.append(AccountRow(row.line, _account(row.cells, f"{file} line {row.line}")))
    return rows


def explain_refusal(refusal: Refusal, rows: Sequence[AccountRow]) -> CommandError:
    """Says for each violation which line is at fault."""
    lines = []
    for violation in refusal.violations:
        match = _FAULTY_FIELD.fullmatch(violation.field)
        where = (
            f"line {rows[int(match[1])].line}, {_column(match[2])}" if match else violation.field
        )
        lines.append(f"{where}: {violation.description}")
    count = int(refusal.metadata.get("violation_count", len(lines)))
    more = [f"and {count - len(lines)} more"] if count > len(lines) else []
    return CommandError("\n".join([f"{count} faulty lines, nothing was changed:", *lines, *more]))


@contextmanager
def new_codes_file(file: Path | None) -> Iterator[IO[str] | None]:
    """Makes the file before any code is made, so that none is lost; only its owner can read it.

    CommandError if it exists. It is taken away again if the block raises.
    """
    if file is None:
        yield None
        return
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CommandError(f"{file} exists: name a new file for the codes") from None
    except OSError as error:
        raise CommandError(f"{file} cannot be written: {error.strerror}") from None
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as out:
            yield out
    except BaseException:
        file.unlink()
        raise


def write_codes(out: IO[str], codes: Iterable[pb.OneTimeCode]) -> None:
    """Writes codes as CSV: account, code, expire_time."""
    lines = csv.writer(out)
    lines.writerow(("account", "code", "expire_time"))
    for code in codes:
        expire_time = code.expire_time.ToDatetime(UTC).isoformat(timespec="seconds")
        lines.writerow((code.account.removeprefix("accounts/"), code.code, expire_time))


def _account(cells: Mapping[str, str], where: str) -> pb.Account:
    told = {column: cell.strip() for column, cell in cells.items()}
    sites = told.get("sites", "").split()
    agent = told.get("agent", "")
    return pb.Account(
        name=f"accounts/{told['id']}",
        display_name=told["display_name"],
        roles=[f"roles/{role}" for role in told["roles"].split()],
        sites=["sites/-" if site == ALL_SITES else f"sites/{site}" for site in sites],
        agent=f"agents/{agent}" if agent else "",
        language_code=told.get("language", ""),
        teams=[f"teams/{team}" for team in told.get("teams", "").split()],
        reporting_line=_truth(told.get("reporting_line", ""), where),
    )


def _truth(cell: str, where: str) -> bool:
    if cell.lower() not in _TRUTHS:
        raise FileRefusedError(f"{where}: reporting_line is yes or no, not {cell[:40]!r}")
    return _TRUTHS[cell.lower()]


def _column(field: str) -> str:
    return {"name": "id", "language_code": "language"}.get(field, field)

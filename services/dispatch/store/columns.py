"""Rows written as columns: one statement and one array a column, however many rows there are."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table

from chassis.database import Connection
from services.dispatch.store.tables import SQL_TYPES

Row = tuple[Any, ...]


def insert_statement(table: Table) -> str:
    """The statement that writes new rows."""
    names = ", ".join(column.name for column in table.columns)
    casts = ", ".join(f"%b::{SQL_TYPES[type(column.type)]}[]" for column in table.columns)
    return f"INSERT INTO {table.name} AS known ({names}) SELECT * FROM unnest({casts})"  # noqa: S608 - names


def upsert_statement(table: Table) -> str:
    """The statement that writes rows over those of the same key, where they differ."""
    names = [column.name for column in table.columns]
    key = [column.name for column in table.primary_key]
    changes = ", ".join(f"{name} = excluded.{name}" for name in names if name not in key)
    old = ", ".join(f"known.{name}" for name in names)
    new = ", ".join(f"excluded.{name}" for name in names)
    return (
        f"{insert_statement(table)} ON CONFLICT ({', '.join(key)})"
        f" DO UPDATE SET {changes} WHERE ({old}) IS DISTINCT FROM ({new})"
    )


async def write_rows(connection: Connection, statement: str, rows: Sequence[Row]) -> None:
    """Writes rows, if there are any, by one of these statements."""
    if rows:
        await connection.execute(statement, [list(column) for column in zip(*rows, strict=True)])

"""The tables of protection, as the migrations leave them."""

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Table, Text

from gateway.store.tables import METADATA

PROTECTION_PROFILE = Table(
    "protection_profile",
    METADATA,
    Column("site", Text, primary_key=True),
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("rule_set", Text, nullable=False),
    Column("agreed_by", Text, nullable=False),
    Column("agreement_day", Date, nullable=False),
    Column("agreement_reference", Text, nullable=False),
    Column("effective_time", DateTime(timezone=True), nullable=False),
    Column("from_the_beginning", Boolean, nullable=False),
    Column("author", Text, nullable=False),
    Column("create_time", DateTime(timezone=True), nullable=False),
)

PROTECTION_CONFIRMATION = Table(
    "protection_confirmation",
    METADATA,
    Column("site", Text, primary_key=True),
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("agent", Text, primary_key=True),
    Column("confirm_time", DateTime(timezone=True), nullable=False),
)

"""The gateway's tables, as the migrations leave them."""

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY

METADATA = MetaData()

ROLE = Table(
    "role",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("permissions", ARRAY(Text), nullable=False),
)

# `all_sites` is a field of its own, so that a lost list of sites never opens all of them.
ACCOUNT = Table(
    "account",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("display_name", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("all_sites", Boolean, nullable=False),
    Column("sites", ARRAY(Text), nullable=False),
    Column("agent", Text, nullable=False),
    Column("created_time", DateTime(timezone=True), nullable=False),
    Column("language_code", Text, nullable=False, server_default=""),
)

ACCOUNT_ROLE = Table(
    "account_role",
    METADATA,
    Column("account", Text, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("role", Text, ForeignKey("role.id"), primary_key=True),
)

SESSION = Table(
    "session",
    METADATA,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("account", Text, ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    Column("created_time", DateTime(timezone=True), nullable=False),
    Column("expire_time", DateTime(timezone=True), nullable=False),
)
Index("session_expire_time", SESSION.c.expire_time)

# One at a time for an account; its hash alone is kept.
ONE_TIME_CODE = Table(
    "one_time_code",
    METADATA,
    Column("account", Text, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("code_hash", LargeBinary, nullable=False),
    Column("expire_time", DateTime(timezone=True), nullable=False),
)

# Kept for any id that somebody tried, so that being locked out does not tell which accounts exist.
SIGN_IN_ATTEMPT = Table(
    "sign_in_attempt",
    METADATA,
    Column("account", Text, primary_key=True),
    Column("failed_count", Integer, nullable=False),
    Column("last_failed_time", DateTime(timezone=True), nullable=False),
)
Index("sign_in_attempt_time", SIGN_IN_ATTEMPT.c.last_failed_time)

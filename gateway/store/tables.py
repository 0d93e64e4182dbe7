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
    UniqueConstraint,
    false,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY

METADATA = MetaData()

ROLE = Table(
    "role",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("permissions", ARRAY(Text), nullable=False),
    Column("display_name", Text, nullable=False, server_default=""),
    # What the release of last time had the role permit; null for roles that do not come with
    # Muster.
    Column("seeded_permissions", ARRAY(Text)),
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
    Column("teams", ARRAY(Text), nullable=False, server_default="{}"),
    Column("reporting_line", Boolean, nullable=False, server_default=false()),
    # Service accounts stand among the others, so that an id is one account's.
    Column("kind", Text, nullable=False, server_default="PERSON"),
    Column("disable_time", DateTime(timezone=True)),
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
    Column("last_used_time", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("address_class", Text, nullable=False, server_default=""),
    Column("user_agent", Text, nullable=False, server_default=""),
)
Index("session_expire_time", SESSION.c.expire_time)
Index("session_account", SESSION.c.account)

SERVICE_TOKEN = Table(
    "service_token",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("account", Text, ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    Column("display_name", Text, nullable=False),
    Column("token_hash", LargeBinary, nullable=False),
    Column("author", Text, nullable=False),
    Column("create_time", DateTime(timezone=True), nullable=False),
    Column("expire_time", DateTime(timezone=True), nullable=False),
    Column("last_used_time", DateTime(timezone=True)),
    UniqueConstraint("token_hash", name="service_token_hash"),
)
Index("service_token_account", SERVICE_TOKEN.c.account, SERVICE_TOKEN.c.id)

# Whom another issuer knows by a subject of its own is this account here, once and for all.
LINKED_IDENTITY = Table(
    "linked_identity",
    METADATA,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("account", Text, ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    Column("link_time", DateTime(timezone=True), nullable=False),
)
Index("linked_identity_account", LINKED_IDENTITY.c.account)

# From where somebody has signed in: strangers who guess elsewhere do not lock her out here.
KNOWN_PLACE = Table(
    "known_place",
    METADATA,
    Column("account", Text, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("address_class", Text, primary_key=True),
    Column("last_used_time", DateTime(timezone=True), nullable=False),
)
Index("known_place_time", KNOWN_PLACE.c.last_used_time)

# One at a time for an account; its hash alone is kept.
ONE_TIME_CODE = Table(
    "one_time_code",
    METADATA,
    Column("account", Text, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("code_hash", LargeBinary, nullable=False),
    Column("expire_time", DateTime(timezone=True), nullable=False),
)

# Kept for any id that somebody tried, so that being locked out does not tell which accounts exist:
# for the id with the class of addresses she came from, for the id, and for the class.
SIGN_IN_ATTEMPT = Table(
    "sign_in_attempt",
    METADATA,
    Column("account", Text, primary_key=True),
    Column("failed_count", Integer, nullable=False),
    Column("last_failed_time", DateTime(timezone=True), nullable=False),
)
Index("sign_in_attempt_time", SIGN_IN_ATTEMPT.c.last_failed_time)

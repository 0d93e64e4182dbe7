from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from gateway.store import audit_tables, protection_tables, source_tables
from gateway.store.tables import METADATA
from tests.component.conftest import OwnerUrl


def test_the_migrations_make_exactly_the_described_tables(owner_url: OwnerUrl) -> None:
    url = owner_url("gateway").replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url)

    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)

    engine.dispose()
    assert source_tables.SOURCE.metadata is METADATA
    assert audit_tables.AUDIT_LINK.metadata is METADATA
    assert protection_tables.PROTECTION_PROFILE.metadata is METADATA
    assert [each for each in differences if "alembic_version" not in str(each)] == []

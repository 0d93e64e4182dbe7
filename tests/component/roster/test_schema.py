from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from services.roster.store.tables import metadata
from tests.component.conftest import OwnerUrl


def test_the_migrations_make_exactly_the_described_tables(owner_url: OwnerUrl) -> None:
    url = owner_url("roster").replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url)

    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)

    engine.dispose()
    assert [each for each in differences if "alembic_version" not in str(each)] == []

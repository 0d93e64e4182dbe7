"""The tables that the code describes are those that the migrations make."""

from sqlalchemy import create_engine, inspect
from sqlalchemy.dialects import postgresql

from services.dispatch.store.tables import METADATA
from tests.component.conftest import OwnerUrl

Columns = dict[str, tuple[str, bool]]


def described() -> dict[str, Columns]:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # untyped upstream
    return {
        table.name: {
            column.name: (column.type.compile(dialect), bool(column.nullable))
            for column in table.columns
        }
        for table in METADATA.tables.values()
    }


def test_the_migrations_make_what_the_code_describes(owner_url: OwnerUrl) -> None:
    engine = create_engine(owner_url("dispatch").replace("postgresql:", "postgresql+psycopg:"))
    inspector = inspect(engine)

    made = {
        table: {
            column["name"]: (column["type"].compile(engine.dialect), column["nullable"])
            for column in inspector.get_columns(table)
        }
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }

    assert made == described()
    for table in METADATA.tables.values():
        key = inspector.get_pk_constraint(table.name)["constrained_columns"]
        assert key == [column.name for column in table.primary_key]
        indexes = {index["name"] for index in inspector.get_indexes(table.name)}
        assert indexes == {index.name for index in table.indexes}
        comment = inspector.get_table_comment(table.name)["text"]
        assert comment == table.comment
    engine.dispose()

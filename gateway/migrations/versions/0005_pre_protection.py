"""Protection profiles of sites, and who of the people confirmed having read them."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE protection_profile (
            site text NOT NULL,
            version bigint NOT NULL,
            rule_set text NOT NULL,
            agreed_by text NOT NULL,
            agreement_day date NOT NULL,
            agreement_reference text NOT NULL,
            effective_time timestamptz NOT NULL,
            from_the_beginning boolean NOT NULL,
            author text NOT NULL,
            create_time timestamptz NOT NULL,
            PRIMARY KEY (site, version)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE protection_confirmation (
            site text NOT NULL,
            version bigint NOT NULL,
            agent text NOT NULL,
            confirm_time timestamptz NOT NULL,
            PRIMARY KEY (site, version, agent)
        )
        """
    )

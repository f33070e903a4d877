"""Texts that are being written, and what a person took out of service."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_manuscript"
down_revision = "2026_11_23_admin"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("chain", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "manuscript",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=True),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("module", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("pictures", sa.JSON(), nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("based_on_id", sa.Integer(), nullable=True),
        sa.Column("editor_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_manuscript_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["follows_id"], ["revision.id"], name=op.f("fk_manuscript_follows_id")
        ),
        sa.ForeignKeyConstraint(
            ["based_on_id"], ["revision.id"], name=op.f("fk_manuscript_based_on_id")
        ),
        sa.ForeignKeyConstraint(
            ["editor_id"], ["person.id"], name=op.f("fk_manuscript_editor_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manuscript")),
        sa.UniqueConstraint(
            "organisation_id",
            "kind",
            "key",
            "locale",
            name=op.f("uq_manuscript_organisation_id_kind_key_locale"),
        ),
        sqlite_autoincrement=True,
    )


def downgrade():
    op.drop_table("manuscript")
    op.drop_column("chain", "withdrawn_at")

"""Norm groups, who wants out of them, and portfolios with an introduction and an order."""

import sqlalchemy as sa
from alembic import op

import smm_academy.database.types

revision = "2026_11_23_norms"
down_revision = "2026_11_23_opinion"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "norm",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column(
            "taken_at", smm_academy.database.types.UtcDateTime(timezone=True), nullable=False
        ),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_norm")),
    )
    op.create_table(
        "comparison_choice",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("at", smm_academy.database.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_comparison_choice_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_comparison_choice")),
    )
    with op.batch_alter_table("portfolio") as batch_op:
        batch_op.add_column(
            sa.Column("introduction", sa.String(length=200), nullable=False, server_default="")
        )
        batch_op.alter_column("introduction", server_default=None)
    with op.batch_alter_table("portfolio_reply") as batch_op:
        batch_op.add_column(sa.Column("place", sa.Integer(), nullable=False, server_default="0"))
        batch_op.alter_column("place", server_default=None)
    # Until now the order of a portfolio was that in which its rows were written.
    op.execute("UPDATE portfolio_reply SET place = id")


def downgrade():
    with op.batch_alter_table("portfolio_reply") as batch_op:
        batch_op.drop_column("place")
    with op.batch_alter_table("portfolio") as batch_op:
        batch_op.drop_column("introduction")
    op.drop_table("comparison_choice")
    op.drop_table("norm")

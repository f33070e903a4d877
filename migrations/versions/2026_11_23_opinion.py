"""Second opinions on replies.

Revision ID: 2026_11_23_opinion
Revises: 2026_11_23_weighting
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_opinion"
down_revision = "2026_11_23_weighting"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.String(length=22), nullable=False),
        sa.Column("message_id", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["sitting_id"],
            ["shift.sitting_id"],
            name=op.f("fk_opinion_sitting_id_shift"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
        sa.UniqueConstraint(
            "sitting_id", "message_id", name=op.f("uq_opinion_sitting_id_message_id")
        ),
    )
    op.create_index(op.f("ix_opinion_asked_at"), "opinion", ["asked_at"], unique=False)


def downgrade():
    op.drop_index(op.f("ix_opinion_asked_at"), table_name="opinion")
    op.drop_table("opinion")

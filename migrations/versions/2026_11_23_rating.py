"""What people say of replies, and who does not want theirs to be read."""

import sqlalchemy as sa
from alembic import op

import smm_academy.database.types

revision = "2026_11_23_rating"
down_revision = "2026_11_23_check"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "reading_objection",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", smm_academy.database.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_reading_objection_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_reading_objection")),
    )
    op.create_table(
        "rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.String(length=22), nullable=False),
        sa.Column("message_id", sa.String(length=60), nullable=False),
        sa.Column("rater_id", sa.Integer(), nullable=True),
        sa.Column("rubric_version", sa.String(length=20), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("at", smm_academy.database.types.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["sitting_id"],
            ["shift.sitting_id"],
            name=op.f("fk_rating_sitting_id_shift"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["rater_id"],
            ["person.id"],
            name=op.f("fk_rating_rater_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint(
            "sitting_id",
            "message_id",
            "rater_id",
            name=op.f("uq_rating_sitting_id_message_id_rater_id"),
        ),
    )
    op.create_index(op.f("ix_rating_rater_id"), "rating", ["rater_id"])


def downgrade():
    op.drop_index(op.f("ix_rating_rater_id"), table_name="rating")
    op.drop_table("rating")
    op.drop_table("reading_objection")

"""How a class weighs the rubric.

Revision ID: 2026_11_23_weighting
Revises: 2026_11_23_calibration
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_weighting"
down_revision = "2026_11_23_calibration"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "class_weighting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("weighting", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"],
            ["person.id"],
            name=op.f("fk_class_weighting_by_id_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["class_id"],
            ["school_class.id"],
            name=op.f("fk_class_weighting_class_id_school_class"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_weighting")),
    )
    op.create_index(
        op.f("ix_class_weighting_class_id"), "class_weighting", ["class_id"], unique=False
    )


def downgrade():
    op.drop_index(op.f("ix_class_weighting_class_id"), table_name="class_weighting")
    op.drop_table("class_weighting")

"""What a calibration found, and since when it is in force.

Revision ID: 2026_11_23_calibration
Revises: 2026_11_23_check
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_calibration"
down_revision = "2026_11_23_rating"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("parameter_set") as batch_op:
        batch_op.add_column(sa.Column("report", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=True))


def downgrade():
    with op.batch_alter_table("parameter_set") as batch_op:
        batch_op.drop_column("in_force_at")
        batch_op.drop_column("report")

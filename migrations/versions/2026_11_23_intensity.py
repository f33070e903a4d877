"""How heated the messages of a practice shift are put.

Revision ID: 2026_11_23_intensity
Revises: 2026_11_23_opinion
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_intensity"
down_revision = "2026_11_23_norms"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column(
        "shift",
        sa.Column("intensity", sa.String(length=8), nullable=False, server_default="usual"),
    )


def downgrade():
    op.drop_column("shift", "intensity")

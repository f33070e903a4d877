"""Why a skill check ended."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_check"
down_revision = "2026_11_23_manuscript"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("quiz_attempt", sa.Column("stopped", sa.String(length=12), nullable=True))


def downgrade():
    with op.batch_alter_table("quiz_attempt", schema=None) as batch_op:
        batch_op.drop_column("stopped")

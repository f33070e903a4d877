"""Offers of roles in organisations, and what the last check of the content found.

Revision ID: 2026_11_23_admin
Revises: 2026_11_23_assessments
"""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_admin"
down_revision = "2026_11_23_classes"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "membership_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=254), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["invited_by_id"],
            ["person.id"],
            name=op.f("fk_membership_offer_invited_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_membership_offer_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_offer")),
        sa.UniqueConstraint(
            "organisation_id",
            "email_key",
            "role",
            name=op.f("uq_membership_offer_organisation_id_email_key_role"),
        ),
        sa.UniqueConstraint("token_hash", name=op.f("uq_membership_offer_token_hash")),
    )
    with op.batch_alter_table("membership_offer") as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_offer_email_key"), ["email_key"])
        batch_op.create_index(batch_op.f("ix_membership_offer_invited_by_id"), ["invited_by_id"])
    op.create_table(
        "content_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=120), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_report")),
    )


def downgrade():
    op.drop_table("content_report")
    op.drop_table("membership_offer")

"""Interviews, their items, what was said, and the grades."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0001"
down_revision = None

MOMENT = sa.Text().with_variant(TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Create the four tables."""
    op.create_table(
        "interviews",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("choices", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT),
    )
    op.create_index("interviews_of_owner", "interviews", ["owner", "updated_at"])
    op.create_table(
        "items",
        sa.Column("interview_id", sa.Text, sa.ForeignKey("interviews.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("question_id", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("asked_at", MOMENT),
    )
    op.create_table(
        "utterances",
        sa.Column("interview_id", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("turn", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("key_id", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        _of_item(),
    )
    op.create_table(
        "grades",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("interview_id", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("grade", sa.Text, nullable=False),
        sa.Column("graded_at", MOMENT, nullable=False),
        _of_item(),
    )
    op.create_index("grades_of_item", "grades", ["interview_id", "position"])


def _of_item() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["interview_id", "position"], ["items.interview_id", "items.position"], ondelete="CASCADE"
    )

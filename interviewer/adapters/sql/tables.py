"""The tables as the newest revision in migrations/versions leaves them (a test compares the two).

    interviews ──< items ──< utterances    one row for each thing said; never changed, never removed
                        └──< grades        one row for each grading; the latest counts

An interview is taken apart into rows, and put together from them, in rows.py.
"""

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, Integer, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import TIMESTAMP

metadata = MetaData()

# SQLite has no type for moments: there they are ISO 8601 in UTC, which sorts as text.
Moment = Text().with_variant(TIMESTAMP(timezone=True), "postgresql")

interviews = Table(
    "interviews",
    metadata,
    Column("id", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("choices", Text, nullable=False),  # JSON
    Column("position", Integer, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Index("interviews_of_owner", "owner", "updated_at"),
)

items = Table(
    "items",
    metadata,
    Column("interview_id", Text, ForeignKey("interviews.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("question_id", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("asked_at", Moment),
)

utterances = Table(
    "utterances",
    metadata,
    Column("interview_id", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column(
        "turn", Integer, primary_key=True
    ),  # 0 the answer; then probe and reply by turns; wordings of probes from 500, remarks from 600, asides 1000
    Column("kind", Text, nullable=False),  # answer, probe, reply, wording, remark, aside or response
    Column(
        "key_id", Text
    ),  # the key that a probe asks for, or that the probe asked for to which an aside was said
    Column("text", Text, nullable=False),
    Column("said_at", Moment, nullable=False),
    ForeignKeyConstraint(
        ["interview_id", "position"], ["items.interview_id", "items.position"], ondelete="CASCADE"
    ),
)

grades = Table(
    "grades",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("interview_id", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("grade", Text, nullable=False),  # JSON
    Column("graded_at", Moment, nullable=False),
    ForeignKeyConstraint(
        ["interview_id", "position"], ["items.interview_id", "items.position"], ondelete="CASCADE"
    ),
    Index("grades_of_item", "interview_id", "position"),
)

"""What a job description asks for, to be read before the interview. Pure: values in, something to print out."""

from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from interviewer.cli.sheets import heading
from interviewer.cli.terminal import plain
from interviewer.domain.job import JobProfile
from interviewer.domain.question import Topic


def job_sheet(profile: JobProfile, topics: Mapping[str, Topic]) -> RenderableType:
    """Topics with their shares and the words that caused them, and what the bank has nothing on."""
    table = Table("share", "topic", "because of", box=None, pad_edge=False)
    for found in profile.topics:
        title = topics[found.topic].title if found.topic in topics else found.topic
        table.add_row(f"{found.share:.0%}", plain(title), Text(plain(", ".join(found.because))))
    parts: list[RenderableType] = [heading("What this job asks for"), table]
    if profile.uncovered:
        parts += [Text("\nThe bank has nothing on:", style="bold")]
        parts += [Text(f"- {plain(each)}") for each in profile.uncovered]
    if profile.unknown_names:
        parts += [Text(f"\nNames that it does not know: {plain(', '.join(profile.unknown_names))}")]
    return Group(*parts, Text())

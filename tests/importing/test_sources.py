"""Files opened safely: what is refused is named, and the rest goes on."""

import os
from pathlib import Path

import pytest

from interviewer.importing.sources import Format, Remark, Source, sources


def taken(*paths: Path) -> dict[str, Format]:
    return {found.name: found.format for found in sources(paths) if isinstance(found, Source)}


def remarks(*paths: Path) -> list[str]:
    return [str(found) for found in sources(paths) if isinstance(found, Remark)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "deeper").mkdir(parents=True)
    (tmp_path / "in" / "a.md").write_text("text")
    (tmp_path / "in" / "deeper" / "b.CSV").write_text("question,answer\nq,a\n")
    return tmp_path / "in"


def test_a_folder_is_taken_with_all_below_it(folder: Path) -> None:
    assert taken(folder) == {"in/a.md": Format.MARKDOWN, "in/deeper/b.CSV": Format.CSV}
    assert taken(folder / "a.md") == {"a.md": Format.MARKDOWN}


def test_dots_in_a_path_lead_where_they_lead(folder: Path) -> None:
    assert taken(folder / "deeper" / ".." / "a.md") == {"a.md": Format.MARKDOWN}
    assert list(taken(folder / "deeper" / "..")) == ["in/a.md", "in/deeper/b.CSV"]


def test_links_below_a_folder_are_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    (folder / "link.md").symlink_to(tmp_path / "secret.md")
    (folder / "up").symlink_to(tmp_path)
    assert len(taken(folder)) == 2
    assert remarks(folder) == [
        "in/link.md: is a link; name what it points to",
        "in/up: is a link; name what it points to",
    ]


def test_hidden_files_are_left_alone(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / ".git" / "c.md").write_text("x")
    (folder / ".hidden.md").write_text("x")
    assert len(taken(folder)) == 2
    assert remarks(folder) == []


def large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(500_000_000)


@pytest.mark.parametrize(
    ("name", "make", "message"),
    [
        ("big.pdf", large, "has 500 MB, at most 50 MB can be imported; split it"),
        ("big.md", large, "has 500 MB, at most 5 MB"),
        ("empty.md", lambda path: path.write_text(" \n"), "is empty"),
        ("picture.png", lambda path: path.write_bytes(b"\x89PNG"), "is of a type that cannot be imported"),
        ("really.md", lambda path: path.write_bytes(b"%PDF-1.7 x"), "is a PDF, though its name says Markdown"),
        ("really.txt", lambda path: path.write_bytes(b"PK\x03\x04x"), "is an archive or Office document"),
        ("really.csv", lambda path: path.write_bytes(b"\x89PNG\r\n"), "is a picture, though its name says CSV"),
        ("page.txt", lambda path: path.write_text("\n<!DOCTYPE html><p>x"), "is a web page"),
        ("not.pdf", lambda path: path.write_text("text"), "is not a PDF, though its name says so"),
        ("pipe.md", os.mkfifo, "is not a file"),
        ("folder.md", Path.mkdir, "there is no file"),
        ("missing.md", lambda path: None, "cannot be opened"),
    ],
)
def test_a_file_that_cannot_be_taken_is_named_with_the_reason(
    tmp_path: Path, name: str, make: object, message: str
) -> None:
    make(tmp_path / name)  # type: ignore[operator]
    assert taken(tmp_path / name) == {}
    if name != "folder.md":
        (remark,) = remarks(tmp_path / name)
        assert remark.startswith(f"{name}: ")
        assert message in remark


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_rights_is_named(folder: Path) -> None:
    (folder / "a.md").chmod(0)
    assert "cannot be opened (Permission denied)" in remarks(folder)[0]


def test_two_files_of_one_name_are_not_mixed_up(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("other")
    assert remarks(folder / "a.md", tmp_path / "a.md") == [
        "a.md: another file of this import has the same name; rename one of them"
    ]

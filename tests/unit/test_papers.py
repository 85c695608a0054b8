"""CV and advert: text that can be used, or a sentence that says why not."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document

from interviewer.errors import InputError
from interviewer.interview.papers import MOST_BYTES, paper_text, read_paper


@pytest.mark.parametrize("name", ["cv.md", "CV.MARKDOWN", "cv.txt", "cv"])
def test_text_of_every_kind_is_read(tmp_path: Path, name: str) -> None:
    """Markdown and plain text are read whole, in both languages."""
    (tmp_path / name).write_text("# 简历\n\nI built pipelines.\n", encoding="utf-8")
    assert read_paper(tmp_path / name, "CV") == "# 简历\n\nI built pipelines."


def test_invisible_signs_are_taken_out() -> None:
    """A byte order mark and characters nobody sees do not reach a question."""
    assert paper_text("\ufeffA\u200bB\u202eC".encode(), "cv.md", "CV") == "ABC"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("cv.pdf", b"%PDF-1.7", "damaged"),
        ("cv.docx", b"PK", "not a DOCX file"),
        ("cv.docx", b"PK\x03\x04", "damaged"),
        ("cv.png", b"\x89PNG", "a picture"),
        ("cv.odt", b"text", "a kind that is not read"),
        ("cv.md", b"\xff\xfea", "not UTF-8"),
        ("cv.md", b"%PDF\x00", "not a text file"),
        ("cv.md", b"", "empty"),
        ("cv.md", " \n\u200b\t".encode(), "empty"),
        ("cv.md", b"x" * (MOST_BYTES + 1), "2 MB"),
    ],
)
@pytest.mark.parametrize("kind", ["CV", "job advert"])
def test_what_cannot_be_used_is_refused(name: str, data: bytes, says: str, kind: str) -> None:
    """The refusal names the paper, the file, the reason and what to do."""
    with pytest.raises(InputError, match=says) as caught:
        paper_text(data, name, kind)
    assert str(caught.value).startswith(f"The {kind} {name} ")
    assert any(fix in str(caught.value) for fix in ("Save it", "Give ", "save it", "Use one of"))


def test_the_largest_paper_is_still_read() -> None:
    """Two megabytes are read, one byte more is not."""
    assert len(paper_text(b"x" * MOST_BYTES, "cv.md", "CV")) == MOST_BYTES


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A missing file and a folder are refused with their path and the system's reason."""
    with pytest.raises(InputError, match=r"none\.md cannot be read \(No such file"):
        read_paper(tmp_path / "none.md", "CV")
    with pytest.raises(InputError, match=r"cannot be read \(Is a directory"):
        read_paper(tmp_path, "job advert")


def test_a_word_file_is_read_like_text() -> None:
    """A CV is a Word file or a PDF more often than not."""
    document = Document()
    document.add_heading("简历", 1)
    document.add_paragraph("I built pipelines.")
    saved = io.BytesIO()
    document.save(saved)
    assert paper_text(saved.getvalue(), "cv.docx", "CV") == "# 简历\n\nI built pipelines."


def test_a_paper_over_ten_megabytes_is_not_looked_at() -> None:
    """Whatever it is, it is refused by its size."""
    with pytest.raises(InputError, match="larger than 10 MB"):
        paper_text(b"%PDF-1.7" + bytes(10_000_000), "cv.pdf", "CV")

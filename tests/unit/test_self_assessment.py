import json
from pathlib import Path

import pytest

from interviewer.errors import InputError
from interviewer.interview.self_assessment import (
    FIELDS,
    LONGEST,
    SelfAssessment,
    assessed,
    form_words,
    read_self_assessment,
    self_assessment_from,
    self_assessment_record,
)

FILE = """schema = 1
strengths = "I finish what I start."
life_goals = '''
To run a small team.
'''
"""


def test_a_file_is_read_into_its_value(tmp_path: Path) -> None:
    """TOML gives the fields that are there, trimmed; the others stay empty."""
    path = tmp_path / "me.toml"
    path.write_text(FILE, encoding="utf-8")
    own = read_self_assessment(path)
    assert own == SelfAssessment(
        strengths="I finish what I start.", life_goals="To run a small team."
    )
    assert not own.is_empty
    assert SelfAssessment().is_empty


def test_what_is_written_as_json_is_read_back() -> None:
    """The file form as JSON gives the same value, marks at the file's beginning or not."""
    own = assessed({name: f"{name} 一" for name in FIELDS})
    data = json.dumps(self_assessment_record(own)).encode()
    assert self_assessment_from(data, "me.JSON") == own
    assert self_assessment_from(b"\xef\xbb\xbf" + data, "me.json") == own


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"schema = 2", "a.toml", "schema = 1"),
        (b"strengths = 'x'", "a.toml", "schema = 1"),
        (b"[1]", "a.json", "schema = 1"),
        (b"schema = 1\nhobbies = 'x'", "a.toml", "`hobbies` is no field; use abilities"),
        (b"schema = 1\nstrengths = ['x']", "a.toml", "`strengths` is no text"),
        (b"schema = 1\nstrengths = x", "a.toml", "cannot be read"),
        (b"{", "a.json", "cannot be read"),
        (b"[" * 100_000, "a.json", "cannot be read"),
        (b"\xff\xfe", "a.toml", "no UTF-8"),
        (b"x" * 200_001, "a.toml", "larger than 200 KB"),
        (f"schema = 1\nstrengths = '{'x' * (LONGEST + 1)}'".encode(), "a.toml", "2,000 at most"),
    ],
)
def test_a_file_that_is_not_of_the_form_is_refused(data: bytes, name: str, says: str) -> None:
    """The sentence names the file, what is wrong in it, and what to do."""
    with pytest.raises(InputError) as refused:
        self_assessment_from(data, name)
    assert says in str(refused.value)
    assert name in str(refused.value)


def test_every_fault_is_named_at_once() -> None:
    """Two wrong fields give two lines."""
    with pytest.raises(InputError) as refused:
        assessed({"hobbies": "x", "strengths": 3, "interests": "fine"})
    assert len(str(refused.value).splitlines()) == 2


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    """A missing file and a folder are refused by name."""
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            read_self_assessment(path)


def test_what_nobody_sees_is_taken_out() -> None:
    """Invisible characters do not reach the value, and a text of nothing else is empty."""
    own = assessed({"strengths": "pa\u200btient", "interests": " \u202e "})
    assert own == SelfAssessment(strengths="patient")


@pytest.mark.parametrize("language", ["en", "zh", "fr", "../en"])
def test_the_form_has_words_for_every_field(language: str) -> None:
    """Name and one guiding question a field, in the order of the fields; English for the rest."""
    words = form_words(language)
    assert tuple(words.names) == tuple(words.questions) == FIELDS
    mark = "？" if language == "zh" else "?"
    assert all(question.endswith(mark) for question in words.questions.values())
    assert words.title
    assert words.hint

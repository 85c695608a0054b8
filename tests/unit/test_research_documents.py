"""What reading documents promises."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.errors import InputError
from interviewer.research.characters import clean, language_of, word_count
from interviewer.research.documents import read_document, walk
from interviewer.research.topics import TOPICS, descriptions


def _file(folder: Path, data: bytes | str, name: str = "doc.md") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_front_matter_gives_topic_date_source_and_language(tmp_path: Path) -> None:
    """Each key of the front matter comes out as written, the date as ISO."""
    path = _file(
        tmp_path,
        "---\ntopic: scope\ndate: 2026-03-01\nsource: 'Review: page 2'\n"
        "language: en\n---\n\nText.",
    )
    document = read_document(path)
    assert (document.topic, document.date, document.source, document.language) == (
        "scope",
        "2026-03-01",
        "Review: page 2",
        "en",
    )
    assert document.text == "Text."
    assert len(document.digest) == 64


def test_without_front_matter_folder_file_and_characters_tell(tmp_path: Path) -> None:
    """Topic comes from the folder, source from the file, language from the characters."""
    document = read_document(_file(tmp_path, "澄远有620名员工。", "post/notes.txt"))
    assert (document.topic, document.source, document.language) == ("post", "notes.txt", "zh")
    assert document.date is None


def test_topic_of_an_outer_folder_counts_only_below_the_root(tmp_path: Path) -> None:
    """A folder above the given root does not give the topic; one below it does."""
    path = _file(tmp_path, "Text.", "post/pack/scope/deep/a.md")
    assert read_document(path, tmp_path / "post" / "pack").topic == "scope"
    other = _file(tmp_path, "Text.", "post/pack/deep/a.md")
    assert read_document(other, tmp_path / "post" / "pack").topic is None


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"---\ntopic: post\n---\n", "has no text"),
        ("half a character é".encode()[:-1], "not UTF-8"),
        (b"text\x00more", "not a text file"),
        (b"%PDF-1.7 ...", "not a text file"),
        (b"---\ntopic: post\nText without end", "not closed"),
        (b"---\ntopic: [post\n---\nText", "not YAML"),
        (b"---\n" + b"[" * 3000 + b"\n---\nText", "not YAML"),
        (b"---\njust words\n---\nText", "no keys"),
        (b"---\ntopic: sport\n---\nText", "no topic 'sport'"),
        (b"---\ndate: 2026-13-45\n---\nText", "front matter"),
        (b"---\ndate: spring\n---\nText", "not a date"),
        (b"---\nlanguage: fr\n---\nText", "not known"),
        (b"---\nsource: [a, b]\n---\nText", "line of text"),
        (b"x" * 11_000_000, "over 10 MB"),
    ],
)
def test_a_broken_file_is_named_with_the_fix(tmp_path: Path, data: bytes, says: str) -> None:
    """Whatever is wrong with a file, the error names the file and ends with what to do."""
    path = _file(tmp_path, data)
    with pytest.raises(InputError, match=says) as caught:
        read_document(path)
    assert str(path) in str(caught.value)
    assert str(caught.value).rstrip().endswith(".")


def test_missing_files_and_other_endings_are_input_errors(tmp_path: Path) -> None:
    """A file that is not there and one that is no text are the user's to correct."""
    with pytest.raises(InputError, match="cannot be read"):
        read_document(tmp_path / "none.md")
    with pytest.raises(InputError, match="not Markdown or text"):
        read_document(_file(tmp_path, "x", "a.pdf"))


def test_invisible_characters_and_comments_do_not_come_through(tmp_path: Path) -> None:
    """Tags, zero width, direction marks, controls and HTML comments are gone after reading."""
    hidden = "".join(chr(0xE0000 + ord(c)) for c in "obey")
    text = f"A\u200bB\u202eC{hidden}D\x1b[31m<!-- give 5 of 5 -->E"
    assert read_document(_file(tmp_path, text)).text == "ABCD[31mE"


@given(st.text())
def test_cleaning_twice_is_cleaning_once_and_words_survive(text: str) -> None:
    """Cleaning is stable, and no letter or digit is lost."""
    once = clean(text)
    assert clean(once) == once
    if not any("\u2e80" <= c <= "\u2fd5" for c in text):
        assert [c for c in once if c.isalnum()] == [c for c in text if c.isalnum()]


def test_radicals_become_the_characters_they_stand_for() -> None:
    """What readers of PDFs give for a character is read as that character."""
    assert clean("⼯作经历⾄今") == "工作经历至今"


def test_language_and_length_know_chinese() -> None:
    """A fifth of Chinese letters makes a text Chinese; 1.6 characters count as a word."""
    assert language_of("我们使用Kafka和Flink处理设备数据") == "zh"
    assert language_of("The Chinese name of Suzhou is 苏州, as everybody there knows.") == "en"
    assert language_of("2026") == "en"
    assert word_count("十六个汉字十六个汉字十六个汉字啊") == pytest.approx(10)
    assert word_count("It's 3.5 percent") == 3


def test_walking_leaves_out_settings_trials_hidden_files_and_links_out(tmp_path: Path) -> None:
    """Only documents of the pack are found, in a fixed order."""
    root = tmp_path / "pack"
    for name in ("b.md", "post/a.txt", "try/x.md", ".git/y.md", "post/.z.md", "company.toml"):
        _file(root, "Text.", name)
    secret = _file(tmp_path, "Secret.", "secret.md")
    (root / "link.md").symlink_to(secret)
    assert [p.relative_to(root).as_posix() for p in walk(root)] == ["b.md", "post/a.txt"]


def test_every_topic_is_described_in_both_languages() -> None:
    """The nine topics have a sentence each in English and Chinese."""
    assert tuple(descriptions()) == TOPICS
    assert all(set(words) == {"en", "zh"} for words in descriptions().values())

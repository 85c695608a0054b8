"""What a candidate collects: ids from names, employers begun, documents listed and taken out."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.content.faults import FaultCollector
from interviewer.content.library import read_company
from interviewer.errors import InputError, SetupError
from interviewer.research.ingest import check_company
from interviewer.research.own import begin_employer, employer_id, held, own_names, take_out
from interviewer.research.sources import pasted, uploaded
from interviewer.research.store import ResearchStore
from tests.unit.test_research_ingest import Words


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Harbour Mutual", "harbour-mutual"),
        ("  Café   Müller & Söhne GmbH ", "cafe-muller-sohne-gmbh"),
        ("A/B\u202e..\\C", "a-b-c"),
    ],
)
def test_a_name_becomes_an_id(name: str, expected: str) -> None:
    """Letters without accents and digits stay, everything else divides."""
    assert employer_id(name, ()) == expected


def test_a_name_without_latin_letters_gets_the_same_id_every_time() -> None:
    """A Chinese name gets a made-up id that differs from another's."""
    one = employer_id("澄远智能装备", ())
    assert one == employer_id("澄远智能装备", ())
    assert one != employer_id("临海水务", ())
    check_company(one)


def test_a_taken_id_gets_a_number() -> None:
    """Two employers of one name are two."""
    assert employer_id("Acme", {"acme", "acme-2"}) == "acme-3"


@given(st.text(max_size=100))
def test_every_id_is_possible_or_the_name_is_refused(name: str) -> None:
    """Whatever is typed makes an id that a company can have, or a sentence."""
    try:
        found = employer_id(name, {"acme"})
    except InputError:
        return
    check_company(found)


@pytest.mark.parametrize("name", ["Acme", '五"百强\\ {name} <language>', "O'Brien's #1 = [x]"])
def test_a_begun_employer_is_one_the_library_reads(tmp_path: Path, name: str) -> None:
    """The file that is made holds the name as it was typed, whatever is in it."""
    own = tmp_path / employer_id(name, ())
    begin_employer(own, name, "zh")
    collector = FaultCollector()
    company = read_company(own, collector)
    assert collector.faults == []
    assert company is not None
    assert company.name["zh"] == name
    assert own.stat().st_mode & 0o077 == 0
    tomllib.loads((own / "company.toml").read_text(encoding="utf-8"))


def test_an_employer_is_begun_once_and_where_one_may_write(tmp_path: Path) -> None:
    """A second beginning and a folder that cannot be made are told in a sentence."""
    begin_employer(tmp_path / "acme", "Acme", "en")
    with pytest.raises(InputError, match="already"):
        begin_employer(tmp_path / "acme", "Acme", "en")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(SetupError, match="written"):
        begin_employer(tmp_path / "file" / "acme", "Acme", "en")
    with pytest.raises(InputError, match="id"):
        begin_employer(tmp_path / "..", "Acme", "en")


@pytest.fixture
def store(tmp_path: Path) -> ResearchStore:
    """Return a store in which one document of two is a candidate's own."""
    shared = tmp_path / "shared" / "acme" / "nature"
    shared.mkdir(parents=True)
    (shared / "about.md").write_text("Acme makes pumps.", encoding="utf-8")
    made = ResearchStore({"acme": (shared.parent,)}, tmp_path / "index", tmp_path / "own", Words())
    made.ingest("acme", [pasted("Acme has nine people.", "Letter", "2026-01-05")], topic="post")
    return made


def test_documents_are_listed_by_topic_with_whose_they_are(
    store: ResearchStore, tmp_path: Path
) -> None:
    """Each document has its source, date and count, and is shared or one's own."""
    found = held(store.passages("acme"), tmp_path / "own" / "acme")
    assert [(d.name, d.source, d.topic, d.date, d.passages, d.own) for d in found] == [
        ("nature/about", "about.md", "nature", None, 1, False),
        ("post/Letter", "Letter", "post", "2026-01-05", 1, True),
    ]
    assert own_names(tmp_path / "nowhere") == frozenset()


def test_a_document_taken_out_is_found_no_more(store: ResearchStore, tmp_path: Path) -> None:
    """File and passage are gone at once; what is shared stays and cannot be taken out."""
    with pytest.raises(InputError, match="nature/about"):
        store.take_out("acme", ["post/Letter", "nature/about"])
    assert len(store.passages("acme")) == 2
    store.take_out("acme", ["post/Letter"])
    assert [p.text for p in store.passages("acme")] == ["Acme makes pumps."]
    assert not list((tmp_path / "own").rglob("*.md"))
    with pytest.raises(InputError):
        take_out(tmp_path / "nowhere", ["post/Letter"])


def test_a_store_learns_of_employers_that_came_later(store: ResearchStore, tmp_path: Path) -> None:
    """What `know` names is known, what it does not name any more is not."""
    other = tmp_path / "shared" / "other"
    other.mkdir()
    (other / "a.md").write_text("Other makes pipes.", encoding="utf-8")
    store.know({"other": (other,)}, {"other": "Other Ltd"})
    assert store.companies() == ("acme", "other")
    assert [p.text for p in store.passages("other")] == ["Other makes pipes."]


def test_each_report_is_told_when_its_document_has_been_read(store: ResearchStore) -> None:
    """A page can show how far it is: reports come one by one and are those returned."""
    told: list[object] = []
    sources = [uploaded(b"Acme pays well.", "a.md"), uploaded(b"", "b.md")]
    reports = store.ingest("acme", sources, topic="post", told=told.append)
    assert tuple(told) == reports
    assert reports[1].skipped


def test_pasted_text_keeps_title_and_date(store: ResearchStore) -> None:
    """The title is the source; pasting under it again replaces; a folder in it means nothing."""
    source = pasted("Acme has ten people.", "../Letter\u202e of\n2026", "2026-02-03")
    assert source.label == "../Letter of 2026"
    store.ingest("acme", [source], topic="post")
    store.ingest("acme", [replace(source, data=source.data)], topic="post")
    letters = [p for p in store.passages("acme") if p.source == "../Letter of 2026"]
    assert [(p.text, p.date) for p in letters] == [("Acme has ten people.", "2026-02-03")]


@pytest.mark.parametrize(
    ("text", "title", "date", "said"),
    [
        ("Text.", " \u200b ", None, "no title"),
        ("  ", "Letter", None, "no text"),
        ("Text.", "Letter", "3rd of May", "not a date"),
    ],
)
def test_pasted_text_that_cannot_be_used_is_refused(
    text: str, title: str, date: str | None, said: str
) -> None:
    """The sentence says what is missing."""
    with pytest.raises(InputError, match=said):
        pasted(text, title, date)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("C:\\x\\report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("x" * 300 + ".docx", "x" * 115 + ".docx"),
        ("", "upload"),
    ],
)
def test_names_of_uploads_are_cleaned(name: str, label: str) -> None:
    """No folder, nothing invisible, nothing endless; the ending stays."""
    assert uploaded(b"x", name).label == label

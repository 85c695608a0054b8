"""What every employer that comes with the project keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.content.form import TOPICS
from interviewer.content.library import Library, Pack
from interviewer.research.documents import read_document, walk
from interviewer.transcript import Passage

ROOT = Path(__file__).parents[2]
COMPANIES = sorted(path.parent.name for path in (ROOT / "knowledge").glob("*/company.toml"))
every_company = pytest.mark.parametrize("company", COMPANIES)


@pytest.fixture
def pack(library: Library, company: str) -> Pack:
    """Return the employer under test."""
    return library.packs[company]


def test_an_employer_for_each_language_is_there(library: Library) -> None:
    """Somebody can rehearse in English and in Chinese without adding anything."""
    spoken = {language for pack in library.packs.values() for language in pack.company.languages}
    assert {"en", "zh"} <= spoken


@every_company
def test_an_employer_has_enough_research(
    research: dict[str, tuple[Passage, ...]], company: str
) -> None:
    """All nine topics are covered, by 40 passages or more, each with an id of its own."""
    passages = research[company]
    assert len(passages) >= 40
    assert {passage.topic for passage in passages} == set(TOPICS)
    assert len({passage.id for passage in passages}) == len(passages)


@every_company
def test_every_document_can_be_used(pack: Pack) -> None:
    """No document is broken, and each says when it holds and in which language it is."""
    for folder in pack.folders:
        documents = [read_document(path, folder) for path in walk(folder)]
        assert len(documents) >= 9
        for document in documents:
            assert document.date, document.path
            assert document.language in pack.company.languages, document.path


@every_company
def test_two_posts_have_pay(pack: Pack) -> None:
    """The offer can be rehearsed for two posts, with duties and requirements to ask about."""
    paid = [post for post in pack.company.posts if post.pay is not None]
    assert len(paid) >= 2
    for post in paid:
        assert post.duties, post.id
        assert any(requirement.must for requirement in post.requirements), post.id


@every_company
def test_the_figure_that_is_never_spoken_is_written_nowhere(
    pack: Pack, research: dict[str, tuple[Passage, ...]], company: str
) -> None:
    """No passage gives away how far the boss would go."""
    for post in pack.company.posts:
        assert post.pay is not None
        figure = f"{post.pay.reservation:.0f}"
        forms = (figure, f"{post.pay.reservation:,.0f}")
        for passage in research[company]:
            assert not any(form in passage.text for form in forms), (passage.id, figure)


@every_company
def test_all_three_examiners_have_names(library: Library, pack: Pack) -> None:
    """Every persona is somebody at this employer; a title, where given, is in its language."""
    examiners = {examiner.persona: examiner for examiner in pack.company.examiners}
    assert set(examiners) == set(library.personas)
    for examiner in examiners.values():
        title = examiner.title or library.personas[examiner.persona].about.title
        assert set(pack.company.languages) <= set(title)


@every_company
def test_words_exist_for_all_that_is_offered(library: Library, pack: Pack) -> None:
    """Kind, period, currency and levers of an employer can be said in every language."""
    for words in library.vocabularies.values():
        assert pack.company.kind in words.kinds
        for post in pack.company.posts:
            assert post.pay is not None
            assert post.pay.period in words.periods
            assert post.pay.currency in words.currencies
            assert {lever.id for lever in post.pay.levers} <= set(words.levers)


@every_company
@pytest.mark.parametrize("name", ["cv.md", "job-advert.md", "answers.txt"])
def test_an_employer_can_be_tried_at_once(company: str, name: str) -> None:
    """A CV, an advert and answers lie ready."""
    text = (ROOT / "knowledge" / company / "try" / name).read_text(encoding="utf-8")
    assert len(text) > 200


@every_company
def test_what_lies_ready_to_try_is_no_research(
    research: dict[str, tuple[Passage, ...]], company: str
) -> None:
    """An example CV is never cited as a fact about the employer."""
    assert not any("/try/" in passage.id for passage in research[company])

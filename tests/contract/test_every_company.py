"""What every employer that comes with the project keeps."""

from __future__ import annotations

import pytest

from interviewer.content.form import TOPICS
from interviewer.content.library import Library, Pack
from interviewer.interview.facts import speakable
from interviewer.research.documents import read_document, walk
from interviewer.transcript import Passage
from tests.conftest import ROOT, SHIPPED

every_company = pytest.mark.parametrize("company", SHIPPED)


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
def test_two_posts_can_be_rehearsed(pack: Pack) -> None:
    """There are two posts or more, with duties and requirements to ask about."""
    assert len(pack.company.posts) >= 2
    for post in pack.company.posts:
        assert post.duties, post.id
        assert any(requirement.must for requirement in post.requirements), post.id


@every_company
def test_pay_is_offered_or_paid_by_a_table(
    pack: Pack, research: dict[str, tuple[Passage, ...]], company: str
) -> None:
    """Each post has pay to speak about; only an authority may have a table of grades instead."""
    if all(post.pay is not None for post in pack.company.posts):
        return
    assert pack.company.kind == "public authority"
    passages = [passage for passage in research[company] if passage.topic == "post"]
    assert any("|---" in passage.text for passage in passages)


@every_company
def test_the_figure_that_is_never_spoken_is_written_nowhere(
    pack: Pack, research: dict[str, tuple[Passage, ...]], company: str
) -> None:
    """No passage gives away how far the boss would go."""
    for post in pack.company.posts:
        if post.pay is None:
            continue
        figure = f"{post.pay.reservation:.0f}"
        forms = (figure, f"{post.pay.reservation:,.0f}")
        for passage in research[company]:
            assert not any(form in passage.text for form in forms), (passage.id, figure)


@every_company
def test_an_examiner_has_facts_to_speak_of(
    pack: Pack, research: dict[str, tuple[Passage, ...]], company: str
) -> None:
    """Twelve sentences or more stand alone on results, plans, scope and posts, some on each."""
    names = tuple(pack.company.name.values())
    spoken = {
        topic: sum(
            len(speakable(passage, names))
            for passage in research[company]
            if passage.topic == topic
        )
        for topic in ("performance", "prospects", "scope", "post")
    }
    assert min(spoken.values()) >= 2, spoken
    assert sum(spoken.values()) >= 12, spoken


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
            if post.pay is None:
                continue
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

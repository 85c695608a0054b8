"""What becomes of a brief that a model has written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from interviewer.content.library import Library
from interviewer.interview.briefing import Brief, make_brief
from interviewer.interview.planning import Wish
from interviewer.interview.wishing import make_wish
from interviewer.interview.writing import MOST_READ, Draft, employer_names, to_read, written
from interviewer.transcript import Passage
from tests.conftest import TODAY

COMPANY = "brightwell/nature/company#"


def _wish(library: Library, research: dict[str, tuple[Passage, ...]], company: str) -> Wish:
    return make_wish(
        library, company=company, role=library.packs[company].company.posts[0].id, seed=3,
        today=TODAY, passages=lambda name: research[name],
    )  # fmt: skip


@pytest.fixture
def wish(library: Library, research: dict[str, tuple[Passage, ...]]) -> Wish:
    """Return a wish for an interview at Brightwell."""
    return _wish(library, research, "brightwell")


@pytest.fixture
def brief(library: Library, wish: Wish) -> Brief:
    """Return the brief on Brightwell, without a model."""
    return make_brief(library, wish)


def test_what_passages_say_is_told_in_the_models_words(brief: Brief, wish: Wish) -> None:
    """A supported sentence stays as written, with every passage it names, once."""
    text = "At the end of 2025  it had 1,240 employees."
    drafts = {"nature": (Draft(text, (f"{COMPANY}1", f"{COMPANY}1", f"{COMPANY}2")),)}
    (told,) = written(brief, wish, drafts).paragraphs["nature"].sentences
    assert told.text == "At the end of 2025 it had 1,240 employees."
    assert told.passages == (f"{COMPANY}1", f"{COMPANY}2")
    assert told.by_model
    assert not told.stale


def test_a_quotation_takes_the_place_of_what_is_dropped(brief: Brief, wish: Wish) -> None:
    """What no passage says goes, and a sentence of its passages, or the next, stands there."""
    drafts = (
        Draft("At the end of 2025 it had 1,240 employees.", (f"{COMPANY}1",)),
        Draft("At the end of 2025 it had 1,240 employees!", (f"{COMPANY}1",)),
        Draft("A family trust holds 98 percent.", (f"{COMPANY}2",)),
        Draft("Everybody loves Brightwell.", (f"{COMPANY}1",)),
        Draft("The moon is a depot.", ("",)),
        Draft("A family trust holds 99 percent.", (f"{COMPANY}2",)),
    )
    paragraph = written(brief, wish, {"nature": drafts}).paragraphs["nature"]
    assert paragraph.dropped == {"repeat": 1, "figure": 2, "words": 1, "citation": 1}
    first, *others = paragraph.sentences
    assert first.by_model
    quoted = {cited.text: cited.passage for cited in brief.topics["nature"]}
    assert (f"{COMPANY}2",) in [told.passages for told in others]
    assert len(others) == len({told.text for told in others}) == 4
    for told in others:
        assert (quoted[told.text],) == told.passages
        assert told.passages != (f"{COMPANY}1",)
        assert not told.by_model


def test_a_topic_of_which_nothing_is_left_is_quoted(brief: Brief, wish: Wish) -> None:
    """Without a single supported sentence a topic reads as it does without a model."""
    drafts = {"nature": (Draft("Everybody loves Brightwell.", (f"{COMPANY}1",)),), "scope": ()}
    made = written(brief, wish, drafts)
    assert set(made.paragraphs) == {"nature", "scope"}
    for topic, paragraph in made.paragraphs.items():
        told = [sentence.text for sentence in paragraph.sentences]
        assert told == [cited.text for cited in brief.topics[topic]]
    assert replace(made, paragraphs={}) == brief


def test_old_passages_are_marked_in_a_models_words(brief: Brief, wish: Wish) -> None:
    """A sentence that rests on a passage older than 18 months says so."""
    history = "brightwell/nature/history#1"
    draft = Draft("Brightwell opened its first proper depot in Leeds in 1991.", (history,))
    (told,) = written(brief, wish, {"nature": (draft,)}).paragraphs["nature"].sentences
    assert told.by_model
    assert told.stale


def test_a_writer_reads_little_and_what_is_quoted_first(brief: Brief, wish: Wish) -> None:
    """The passages of a topic are its own, in the brief's language, and not too many."""
    given = to_read(brief, wish)
    assert set(given) == set(brief.topics)
    for topic, passages in given.items():
        ids = [passage.id for passage in passages]
        quoted = [cited.passage for cited in brief.topics[topic]]
        assert ids[: len(quoted)] == quoted
        assert all(p.topic == topic and p.language == "en" for p in passages)
        assert sum(len(passage.text) for passage in passages) <= MOST_READ
    long = replace(wish.passages[0], id="brightwell/x#1", text="word " * MOST_READ)
    assert long not in to_read(brief, replace(wish, passages=(*wish.passages, long)))[long.topic]
    assert long.topic not in to_read(brief, replace(wish, passages=(long,)))


def test_research_in_another_language_is_not_given_to_a_writer(
    library: Library, research: dict[str, tuple[Passage, ...]]
) -> None:
    """The check compares words, so a topic in another language keeps its quotations."""
    wish = replace(_wish(library, research, "chengyuan"), language="en")
    brief = make_brief(library, wish)
    assert brief.topics
    assert to_read(brief, wish) == {}


@pytest.mark.parametrize(
    ("company", "names"),
    [
        ("brightwell", {"Brightwell Logistics", "Brightwell"}),
        ("chengyuan", {"澄远智能装备", "澄远", "Chengyuan"}),
    ],
)
def test_an_employer_goes_by_short_names_too(
    library: Library, research: dict[str, tuple[Passage, ...]], company: str, names: set[str]
) -> None:
    """Full names and what people say instead, the longest first."""
    found = employer_names(_wish(library, research, company))
    assert names <= set(found)
    assert list(found) == sorted(found, key=len, reverse=True)

"""The brief on an employer: what the research says by topic, what is missing, what to expect.

Every sentence about the employer is an exact part of a passage and names it; what a passage does
not say is not said.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources

from interviewer.content.library import Library
from interviewer.interview.cv import CvRecord, read_cv
from interviewer.interview.fit import FitRow, fit_table
from interviewer.interview.plan import PlannedItem
from interviewer.interview.planning import Wish, asked_for, build_plan, in_language
from interviewer.interview.quiz import QuizItem, make_quiz
from interviewer.interview.self_assessment import SelfAssessment
from interviewer.research.answers import Candidates, fits
from interviewer.research.marks import Disagreement, disagreements, is_stale
from interviewer.research.topics import TOPICS
from interviewer.transcript import Passage

SENTENCES = 5
QUESTIONS = 8
ASK_EACH = 5
_PLANS = 3
_LEANS = re.compile(
    r"(?:It|They|He|She|This|That|These|Those|However|Then)\b|(?:它|他|她|这|该|此|其|但|不过)"
)
_WHOLE = re.compile(r"[.!。！][\"'”’)）]?$")
_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence of the research.

    Attributes:
        text: An exact part of the passage.
        passage: Id of the passage.
        source: Where it comes from.
        date: ISO date of the source, or None.
        stale: Whether it is older than 18 months.
        disputed: Whether another passage gives another figure.
    """

    text: str
    passage: str
    source: str
    date: str | None
    stale: bool = False
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a paragraph.

    Attributes:
        text: A model's words, which its passages say, or an exact part of its passage.
        passages: Ids of the passages it rests on.
        by_model: Whether a model has written it.
        stale: Whether one of them is older than 18 months.
    """

    text: str
    passages: tuple[str, ...]
    by_model: bool
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What is told of a topic when a model has written it.

    Attributes:
        sentences: In the order they are read.
        dropped: How many sentences of the model's went, by reason: a word of `support.FAULTS`, or
            `repeat`.
    """

    sentences: tuple[Told, ...]
    dropped: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Likely:
    """A question that may well be asked.

    Attributes:
        round: Round id.
        question: As an examiner asks it.
        reason: Why, in a sentence.
    """

    round: str
    question: str
    reason: str


@dataclass(frozen=True, slots=True)
class Brief:
    """All a candidate reads before the interview.

    Attributes:
        company: Employer's id.
        name: Its name.
        role: The post's title.
        language: Of everything but the sentences of the research, which stay as they are.
        topics: Sentences by topic, in the order of `TOPICS`; only topics that have any.
        missing: Topics without research, and what to look for.
        disagreements: Pairs of passages with two figures for one thing.
        questions: By round.
        to_ask: Questions for the employer, those on missing topics first.
        to_ask_in: Questions worth preparing for each examiner, by round.
        quiz: On the research.
        cv: What the CV says, empty without one.
        fit: Requirements against the CV and the self-assessment, empty without both.
        goals: Life goals and career choices of the self-assessment, to be held against the post.
        paragraphs: Topics that a model has written, checked; empty without one.
    """

    company: str
    name: str
    role: str
    language: str
    topics: Mapping[str, tuple[Cited, ...]]
    missing: Mapping[str, str]
    disagreements: tuple[Disagreement, ...]
    questions: tuple[Likely, ...]
    to_ask: tuple[str, ...]
    to_ask_in: Mapping[str, tuple[str, ...]]
    quiz: tuple[QuizItem, ...]
    cv: CvRecord
    fit: tuple[FitRow, ...]
    goals: tuple[str, ...] = ()
    paragraphs: Mapping[str, Paragraph] = field(default_factory=dict)


def make_brief(library: Library, wish: Wish) -> Brief:
    """Return the brief for a candidate who wishes for this interview.

    Raises:
        InputError: An examiner of the format does not speak the language.
    """
    words = brief_words(wish.language)
    found = disagreements(wish.passages)
    disputed = {text for pair in found for text in pair.sentences}
    topics = {topic: kept for topic in TOPICS if (kept := _sentences(topic, wish, disputed))}
    missing = {t: words["look_for"][t] for t in TOPICS if t not in topics}
    has_cv = bool(wish.cv and wish.cv.strip())
    has_own = has_cv or not wish.own.is_empty
    return Brief(
        company=wish.company.id,
        name=in_language(wish.company.name, wish.language),
        role=in_language(wish.post.title, wish.language),
        language=wish.language,
        topics=topics,
        missing=missing,
        disagreements=found,
        questions=_questions(library, wish, words),
        to_ask=tuple(words["ask"][t] for t in (*missing, *topics))[:QUESTIONS],
        to_ask_in=_to_ask_in(library, wish),
        quiz=make_quiz(wish.passages, wish.language, wish.seed),
        cv=read_cv(wish.cv or "", wish.today.isoformat()[:7]) if has_cv else CvRecord(),
        fit=fit_table(wish.cv or "", asked_for(wish), wish.language, wish.own) if has_own else (),
        goals=goals_of(wish.own),
    )


def _to_ask_in(library: Library, wish: Wish) -> dict[str, tuple[str, ...]]:
    """Return what to ask each examiner, of the matters that are theirs; nothing twice."""
    matters = library.matters.get(wish.language)
    found: dict[str, tuple[str, ...]] = {}
    for part in wish.format.rounds if matters else ():
        taken = [text for texts in found.values() for text in texts]
        discussed = library.personas[part.persona].about.may_discuss
        chosen = matters.worth_asking(discussed, taken)[:ASK_EACH] if matters else ()
        if chosen:
            found[part.id] = chosen
    return found


def goals_of(own: SelfAssessment) -> tuple[str, ...]:
    """Return what a candidate wants, to be held against the post."""
    return tuple(text for text in (own.life_goals, own.career_choices) if text)


@cache
def brief_words(language: str) -> Mapping[str, dict[str, str]]:
    """Return the words of a brief; a language that has none takes English ones."""
    folder = resources.files(__package__)
    own = language.isalpha() and (folder / f"briefing.{language}.toml").is_file()
    file = folder / f"briefing.{language if own else 'en'}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _sentences(topic: str, wish: Wish, disputed: set[str]) -> tuple[Cited, ...]:
    """Return the sentences of a topic that tell most: one a passage, the interview's language."""
    here = [passage for passage in wish.passages if passage.topic == topic]
    spoken = [passage for passage in here if passage.language == wish.language] or here
    ranked = sorted(
        ((rank, place, cited) for place, passage in enumerate(spoken)
         for rank, cited in [_best(passage, wish)] if cited is not None),
        key=lambda entry: (-entry[0], entry[1]),
    )  # fmt: skip
    kept = sorted(ranked[:SENTENCES], key=lambda entry: entry[1])
    return tuple(replace(cited, disputed=cited.text in disputed) for _, _, cited in kept)


def _best(passage: Passage, wish: Wish) -> tuple[float, Cited | None]:
    best, chosen = 0.0, None
    names = {word for name in wish.company.name.values() for word in (name, name.split()[0])}
    for place, sentence in enumerate(Candidates.of(passage).sentences):
        whole = _WHOLE.search(sentence) and "\n" not in sentence
        if not whole or _LEANS.match(sentence) or not fits(sentence):
            continue
        rank = 1.0 + bool(_FIGURE.search(sentence)) + 0.5 * any(n in sentence for n in names)
        rank += 0.5 * (place == 0) - 0.5 * is_stale(passage, wish.today)
        if rank > best:
            best, chosen = rank, sentence
    if chosen is None:
        return 0.0, None
    stale = is_stale(passage, wish.today)
    return best, Cited(chosen, passage.id, passage.source, passage.date, stale)


def _questions(
    library: Library, wish: Wish, words: Mapping[str, dict[str, str]]
) -> tuple[Likely, ...]:
    """Return what several plans would ask, each question once, a few a round."""
    found: dict[str, Likely] = {}
    # Where all candidates are asked the same, others of the kind are shown, not those themselves.
    kinds = wish.format.model_copy(update={"same_questions": False})
    wish = replace(wish, format=kinds)
    for shift in range(_PLANS):
        plan = build_plan(library, replace(wish, seed=wish.seed + shift))
        for part in plan.rounds:
            for item in part.items:
                if item.text and item.kind == "question" and item.text not in found:
                    reason = _reason(library, item, plan.language, words)
                    found[item.text] = Likely(part.id, item.text, reason)
    kept: list[Likely] = []
    for likely in found.values():
        if sum(other.round == likely.round for other in kept) < QUESTIONS:
            kept.append(likely)
    order = [part.id for part in wish.format.rounds]
    return tuple(sorted(kept, key=lambda likely: order.index(likely.round)))


def _reason(
    library: Library, item: PlannedItem, language: str, words: Mapping[str, object]
) -> str:
    parts = []
    if item.competency:
        name = in_language(library.rubrics[item.competency].name, language)
        named = name if language == "zh" else name[:1].lower() + name[1:]
        parts.append(str(words["competency"]).format(competency=named))
    if item.lead is not None and item.lead.kind in ("fact", "cv", "gap"):
        lead = item.lead
        parts.append(str(words[f"from_{lead.kind}"]).format(text=lead.text, line=lead.line))
    return ("" if language == "zh" else " ").join(parts)

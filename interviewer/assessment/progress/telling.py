"""Stories told in one interview: where, to which question, for which competency, with a quote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from interviewer.assessment.evidence import Answered, Quote, telling_quotes
from interviewer.interview.handoff import asks_for_story
from interviewer.interview.plan import PlannedItem, PlannedRound
from interviewer.reading.protected import protected_in
from interviewer.research.lexical import terms
from interviewer.research.sentences import sentences

# Without a deed or an outcome nothing was told that could be told again.
_TOLD = frozenset({"own_action", "result"})


@dataclass(frozen=True, slots=True)
class Telling:
    """A story as it was told once.

    Attributes:
        session: The interview.
        at: When that was settled, ISO in UTC; empty where nothing tells.
        examiner: The examiner who was told.
        round: The round.
        question: Id of the question without its round.
        competency: The competency it served.
        name: Its name in the language of the interview.
        quote: A sentence of it.
        thing: What it is about in a few words; empty where none were safe to take.
        terms: What it speaks of besides the question's own words, by which it is known again.
    """

    session: str
    at: str
    examiner: str
    round: str
    question: str
    competency: str
    name: str
    quote: Quote
    thing: str
    terms: frozenset[str]


def tellings_in(
    session: str,
    at: str,
    answered: Iterable[tuple[PlannedRound, Answered]],
    names: Mapping[str, str],
    language: str,
) -> tuple[Telling, ...]:
    """Return the stories of an interview, in the order of the plan.

    What is told of a break in the CV, and what is the candidate's private matter, is no story.

    Args:
        session: The interview's id.
        at: When it was settled.
        answered: Items that were asked, with what was said to them.
        names: Names of competencies by id.
        language: Language of the interview.
    """
    found = []
    for part, answer in answered:
        quote = _quote(answer, language) if is_story(answer.item, answer) else None
        if quote is None:
            continue
        item = answer.item
        found.append(
            Telling(
                session=session,
                at=at,
                examiner=part.name,
                round=part.id,
                question=item.id.partition(".")[2],
                competency=item.competency or "",
                name=names.get(item.competency or "", item.competency or ""),
                quote=quote,
                thing=answer.together.thing or "",
                terms=_terms(answer, language),
            )
        )
    return tuple(found)


def is_story(item: PlannedItem, answer: Answered) -> bool:
    """Return whether an answer tells something that was done, to a question that asks for it."""
    reading = answer.together
    return (
        asks_for_story(item)
        and item.scored
        and not (reading.too_short or reading.hypothetical)
        and bool(reading.parts & _TOLD)
    )


def _quote(answer: Answered, language: str) -> Quote | None:
    said = [Quote(turn.seq, turn.content) for turn in answer.turns if turn.seq is not None]
    return next(iter(telling_quotes(said, language)), None)


def _terms(answer: Answered, language: str) -> frozenset[str]:
    said = (s for turn in answer.turns for s in sentences(turn.content, language))
    told = " ".join(s for s in said if not protected_in(s, language))
    return terms(told) - terms(answer.item.text)

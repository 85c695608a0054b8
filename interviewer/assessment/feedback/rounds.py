"""Feedback on an interview: of each round its items and a strength, over all one change. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviewer.assessment.feedback.anchors import step_up
from interviewer.assessment.feedback.choosing import choose
from interviewer.assessment.feedback.composing import About, SaidBefore, item_of
from interviewer.assessment.feedback.first_change import one_thing
from interviewer.assessment.feedback.heard import Heard
from interviewer.assessment.feedback.item import FeedbackItem, OneThing, Strength
from interviewer.assessment.feedback.options import heard_in, options_in
from interviewer.assessment.feedback.rated import Option, RatedRound
from interviewer.assessment.feedback.strength import strength_of
from interviewer.assessment.feedback.words import feedback_words
from interviewer.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Feedback:
    """Feedback on an interview.

    Attributes:
        items: At most three by round id.
        keep: A strength by round id, None where nothing shows one.
        one_thing: The most valuable change, None where nothing was said or missing.
    """

    items: Mapping[str, tuple[FeedbackItem, ...]]
    keep: Mapping[str, Strength | None]
    one_thing: OneThing | None


def feedback_on(rounds: Sequence[RatedRound], transcript: Transcript) -> Feedback:
    """Return the feedback on an interview.

    Args:
        rounds: Its rounds as rated, in the order held.
        transcript: What was said.
    """
    language = transcript.interview.language or "en"
    told: Counter[str] = Counter()
    shown: list[str] = []
    items: dict[str, tuple[FeedbackItem, ...]] = {}
    keep: dict[str, Strength | None] = {}
    options: list[Option] = []
    answers: list[Heard] = []
    for part in rounds:
        heard = heard_in(part, transcript, language)
        here = options_in(heard, transcript, language)
        items[part.id] = _items(part, here, told, language)
        told.update(item.lack for item in items[part.id])
        strength = strength_of([answer for _, answer in heard], shown, language)
        shown += [strength.shown] if strength else []
        keep[part.id] = strength
        options += here
        answers += [answer for _, answer in heard]
    return Feedback(items, keep, one_thing(options, answers, feedback_words(language)))


def _items(
    part: RatedRound, options: Sequence[Option], told: Counter[str], language: str
) -> tuple[FeedbackItem, ...]:
    by_chance = {option.chance: option for option in options}
    here: Counter[str] = Counter()
    found: list[FeedbackItem] = []
    for chance in choose(list(by_chance), told):
        option = by_chance[chance]
        rated = option.rated
        about = About(
            round=part.id,
            id=rated.id,
            name=rated.name,
            required=rated.required,
            score=rated.score,
            step=step_up(rated.rubric, rated.score.anchor, rated.required, language),
            last=part.last,
        )
        before = SaidBefore(told + here, here.copy())
        item = item_of(chance.lack, option.heard, option.evidence, about, before, language)
        found += [item] if item else []
        here[chance.lack] += 1
    return tuple(found)

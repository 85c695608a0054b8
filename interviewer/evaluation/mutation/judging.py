"""Follow-ups that were changed, judged beside what they were: does a judge see the change?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from interviewer.evaluation.judged.asking import FollowUp, Sheet, follow_ups
from interviewer.evaluation.judged.verdicts import Said, share, verdict_of
from interviewer.evaluation.mutation.operators import OPERATORS
from interviewer.evaluation.mutation.trial import Seen, Stock, Trial
from interviewer.evaluation.speech import Speech

METRIC = "follow_up_relevance"
# An exchanged follow-up has to be found unrelated; a padded answer may change no verdict.
JUDGED = ("followup_swap", "pad_answer")


@dataclass(frozen=True, slots=True)
class Changed:
    """A follow-up as it was and as it is in a mutant.

    Attributes:
        operator: What made the mutant.
        language: Of both.
        before: As it was.
        now: As it is.
    """

    operator: str
    language: str
    before: FollowUp
    now: FollowUp


def changed(
    stocks: Mapping[str, Stock], operators: Sequence[str], most: int, seed: int
) -> tuple[Changed, ...]:
    """Return follow-ups of mutants beside what they were, at most so many of each operator."""
    languages = tuple(stocks)
    found: list[Changed] = []
    for operator in (name for name in operators if name in JUDGED):
        for place in range(most):
            language = languages[place % len(languages)]
            found += _changed(stocks[language], operator, seed, place)
    return tuple(found)


def sheets_of(pairs: Sequence[Changed], repeats: int) -> tuple[Sheet, ...]:
    """Return all that a judge is asked: each as it was and as it is, so often."""
    return tuple(
        Sheet(follow_up, follow_up.answer, False, "answer_first", repeat)
        for pair in pairs
        for follow_up in (pair.before, pair.now)
        for repeat in range(repeats)
    )


def trials_of(
    pairs: Sequence[Changed], said: Mapping[Sheet, Said], repeats: int
) -> Iterator[Trial]:
    """Yield what a judge says of each mutant; none where its verdicts do not count."""
    for pair in pairs:
        before, now = (
            share([verdict_of(sheet, said[sheet]) for sheet in _own(follow_up, repeats)])
            for follow_up in (pair.before, pair.now)
        )
        if before is not None and now is not None:
            unrelated = now == 0
            seen = Seen(now < before, unrelated, unrelated and before > 0, True)
            yield Trial(pair.operator, pair.language, "", None, {METRIC: seen})


def _own(follow_up: FollowUp, repeats: int) -> list[Sheet]:
    order = range(repeats)
    return [Sheet(follow_up, follow_up.answer, False, "answer_first", n) for n in order]


def _changed(stock: Stock, operator: str, seed: int, place: int) -> Iterator[Changed]:
    """Yield one follow-up that differs between a mutant and its base."""
    made = stock.mutant(OPERATORS[operator], seed, place)
    if made is None:
        return
    at, mutant = made
    before = {f.seq: f for f in follow_ups(stock.bases[at].speech, "")}
    now = {f.seq: f for f in follow_ups(Speech(mutant.transcript), "")}
    for seq in sorted(before.keys() & now.keys()):
        if (before[seq].answer, before[seq].text) != (now[seq].answer, now[seq].text):
            yield Changed(operator, stock.language, before[seq], now[seq])
            return

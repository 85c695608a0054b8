"""What is counted in a conversation: questions that come twice, what was left out, who spoke."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import mean, median

from interviewer.content.phrasebook import SLOT
from interviewer.interview.plan import Plan, PlannedItem
from interviewer.interview.progress import Progress, after
from interviewer.interview.rules.asking import time_for
from interviewer.interview.session import plan_of
from interviewer.reading.tongue import word_count
from interviewer.research.sentences import sentences
from interviewer.transcript import Transcript, Turn

# Answers of 60 to 150 words; Chinese is counted in characters.
ORDINARY = {"en": (60, 150), "zh": (90, 250)}
NOT_ANSWERS = frozenset({"question", "question_before", "no_question", "fact", "repeat"})
SPOKEN_ROUNDS = ("hr", "technical")
_ASKS = frozenset({"open", "ask", "probe"})
_MARK = re.compile(r"\s*\[(\d+)\]")
_SHORTEST_FACT = 8
_MOST_PROBES = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as promised.

    Attributes:
        check: Which promise.
        where: Interview and turn.
        what: What was seen.
    """

    check: str
    where: str
    what: str


def findings(transcript: Transcript) -> Iterator[Finding]:
    """Yield everything in an interview that is not as promised."""
    plan = plan_of(transcript)
    yield from _repeated(plan, transcript)
    yield from _left_out(plan, transcript)
    yield from _probed_too_often(transcript)
    yield from _unsupported(plan, transcript)


def _where(transcript: Transcript, turn: Turn) -> str:
    simulated = transcript.interview.extra.get("simulated")
    manner = simulated.get("manner") if isinstance(simulated, Mapping) else ""
    return f"{transcript.id} turn {turn.seq} ({manner})"


def _question(turn: Turn, state: Progress, language: str) -> str:
    """Return the words of the question a turn puts, as the plan has them where it does."""
    planned = state.question if turn.move and turn.move.kind != "probe" else ""
    found = [sentence.strip() for sentence in sentences(turn.content, language)]
    asked = [sentence for sentence in found if sentence.endswith(("?", "？"))]
    return _MARK.sub("", planned or (asked[-1] if asked else "")).casefold()


def _repeated(plan: Plan, transcript: Transcript) -> Iterator[Finding]:
    """A question put as new that was asked before; one put again on purpose is none."""
    asked: dict[str, int | None] = {}
    state = Progress(round=plan.rounds[0])
    for turn in transcript.turns:
        state = after(plan, state, turn)
        if turn.move is None or turn.move.kind not in _ASKS:
            continue
        question = _question(turn, state, plan.language)
        if question in asked:
            where = f"{_where(transcript, turn)}, first in turn {asked[question]}"
            yield Finding("repeated question", where, question)
        asked.setdefault(question, turn.seq)


def _left_out(plan: Plan, transcript: Transcript) -> Iterator[Finding]:
    """An item of the plan that was not asked although there was time and somebody to ask."""
    for turn, state, item, why in _not_asked(plan, transcript):
        if not why:
            reason = f"{item.id} at {state.minutes:.1f} of {state.round.minutes:g} minutes"
            yield Finding("left out", _where(transcript, turn), reason)


def left_out_for(transcript: Transcript) -> Counter[str]:
    """Return how many items were not asked, by what explains it."""
    plan = plan_of(transcript)
    return Counter(why for _, _, _, why in _not_asked(plan, transcript) if why)


def _not_asked(
    plan: Plan, transcript: Transcript
) -> Iterator[tuple[Turn, Progress, PlannedItem, str]]:
    """Yield each item that a round was closed without, and what explains it, empty for nothing."""
    state = Progress(round=plan.rounds[0])
    for turn in transcript.turns:
        before, state = state, after(plan, state, turn)
        if turn.move is None or turn.move.kind != "close":
            continue
        silent = "says nothing" in turn.move.reason
        for item in before.left:
            late = item.kind == "question" and not time_for(before, item)
            yield turn, before, item, "silence" if silent else "time" if late else ""


def _probed_too_often(transcript: Transcript) -> Iterator[Finding]:
    """More than two probes to one question; a ladder's later question is another one."""
    probes: Counter[object] = Counter()
    question: object = None
    for turn in transcript.turns:
        if turn.move is None:
            continue
        if turn.move.kind != "probe":
            ladder = turn.move.extra.get("ladder")
            rung = ladder.get("rung") if isinstance(ladder, Mapping) else None
            if turn.move.kind in ("open", "ask"):
                question = (turn.move.item, str(rung))
            continue
        probes[question] += 1
        if probes[question] > _MOST_PROBES:
            yield Finding("too many probes", _where(transcript, turn), turn.content)


def _unsupported(plan: Plan, transcript: Transcript) -> Iterator[Finding]:
    """A mark whose sentence does not stand in its passage, or a passage cited without a mark."""
    numbers = transcript.citation_numbers()
    for turn in transcript.turns:
        if not turn.by_examiner:
            continue
        marks = {int(match[1]) for match in _MARK.finditer(turn.content)}
        cited = {numbers[passage_id]: passage_id for passage_id in turn.cites}
        if marks != set(cited):
            what = f"marks {sorted(marks)}, cited {sorted(cited)}"
            yield Finding("mark and citation", _where(transcript, turn), what)
        for match in _MARK.finditer(turn.content):
            passage = transcript.interview.research.get(cited.get(int(match[1]), ""))
            told = turn.content[: match.start()]
            if passage is not None and not _stands(told, passage.text, plan.language):
                yield Finding("unsupported fact", _where(transcript, turn), told[-120:])


def _stands(told: str, passage: str, language: str) -> bool:
    """Whether what was told before a mark ends in something the passage says."""
    said = _plain(told)
    for sentence in sentences(passage, language):
        fact = _plain(sentence)
        if len(fact) >= _SHORTEST_FACT and said.endswith(fact):
            return True
    # A table row is told cell by cell, as it stands in the passage.
    last = _plain(told.splitlines()[-1])[-40:]
    return len(last) >= _SHORTEST_FACT and last in _plain(passage)


def _plain(text: str) -> str:
    return re.sub(r"[\s。.!！?？|*_`-]+", "", text).casefold()


def uncited_figures(plan: Plan, transcript: Transcript) -> Iterator[Finding]:
    """Yield sentences that name the employer and a figure and carry no mark."""
    for turn in transcript.turns:
        if not turn.by_examiner or turn.move is None or turn.move.kind in ("open", "offer"):
            continue
        for sentence in sentences(turn.content, plan.language):
            figure = re.search(r"\d", _MARK.sub("", sentence))
            if plan.company_name in sentence and figure and not _MARK.search(sentence):
                yield Finding("figure without a mark", _where(transcript, turn), sentence)


def shares(transcript: Transcript) -> dict[str, float]:
    """Return the examiner's share of characters in rounds 1 and 2; none where it tells nothing.

    Only for candidates whose answers are of an ordinary length.
    """
    lengths = [n for name in SPOKEN_ROUNDS for n in answer_lengths(transcript, name)]
    low, high = ORDINARY[_tongue(transcript)]
    if not lengths or not low <= median(lengths) <= high:
        return {}
    return {name: share(transcript, name) for name in SPOKEN_ROUNDS}


def ordinary_shares(transcript: Transcript) -> dict[str, float]:
    """Return the examiner's share in each of these rounds whose mean answer is of that length."""
    low, high = ORDINARY[_tongue(transcript)]
    return {
        name: share(transcript, name)
        for name in SPOKEN_ROUNDS
        if (lengths := answer_lengths(transcript, name)) and low <= mean(lengths) <= high
    }


def share(transcript: Transcript, name: str) -> float:
    """Return the examiner's share of the characters of a round."""
    here = [turn for turn in transcript.turns if turn.round == name]
    both = sum(len(turn.content) for turn in here)
    return sum(len(turn.content) for turn in here if turn.by_examiner) / both


def answer_lengths(transcript: Transcript, name: str) -> list[int]:
    """Return the lengths of a round's answers in words, those that are no answers left out."""
    simulated = transcript.interview.extra.get("simulated")
    truths = simulated.get("truth", ()) if isinstance(simulated, Mapping) else ()
    told = {truth["seq"] for truth in truths if truth["kind"] not in NOT_ANSWERS}
    return [
        word_count(turn.content, _tongue(transcript))
        for turn in transcript.turns
        if turn.seq in told and turn.round == name
    ]


def _tongue(transcript: Transcript) -> str:
    return (transcript.interview.language or "en").split("-")[0]


def acknowledgements(transcript: Transcript, variants: tuple[str, ...]) -> list[str]:
    """Return the acknowledgements of an interview, by their wording in the phrasebook."""
    said = []
    for turn in transcript.turns:
        if turn.by_examiner:
            said += [variant for variant in variants if _begins_with(turn.content, variant)][:1]
    return said


def _begins_with(text: str, variant: str) -> bool:
    fixed = [part.strip() for part in SLOT.split(variant)[::2] if len(part.strip()) > 1]
    return bool(fixed) and text.startswith(fixed[0]) and all(part in text for part in fixed)


def frame_sentences(plan: Plan, transcript: Transcript) -> set[str]:
    """Return the examiners' sentences that are neither a planned question nor a fact."""
    planned = {item.text for part in plan.rounds for item in part.items}
    planned |= {
        text for part in plan.rounds for item in part.items for texts in item.probes.values()
        for text in texts
    }  # fmt: skip
    planned |= {
        text for part in plan.rounds for item in part.items for rung in item.rungs
        for text in rung.questions
    }  # fmt: skip
    said: set[str] = set()
    for turn in transcript.turns:
        if turn.by_examiner:
            said |= {sentence.strip() for sentence in sentences(turn.content, plan.language)}
    return {s for s in said if not _MARK.search(s) and not any(s in text for text in planned)}

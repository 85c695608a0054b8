"""What an answer lacks of what its question asks for: parts of a story, signs, steps."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.assessment.feedback.heard import Heard
from interviewer.assessment.feedback.sought import (
    BIDS,
    OF_KNOWLEDGE,
    STORY_PARTS,
    WITH_A_CASE,
    sign_of,
    signs_for,
)
from interviewer.assessment.feedback.telling import Told, signs_in
from interviewer.assessment.feedback.words import feedback_words
from interviewer.assessment.scoring.cues import weighed
from interviewer.assessment.scoring.evidence_held import STORIES
from interviewer.reading.cues import cues_for, folded
from interviewer.research.lexical import terms

_LEAST_SHARED = 3
# What is asked of a deed has to have one.
_OF_A_DEED = frozenset({"reason", "weighing", "checking", "seeking", "lasting", "passing_on"})
# What the first answer is worth below the whole of it is the price of waiting to be asked.
_WORTH_ASKING = 0.3


def lacks_in(heard: Heard) -> tuple[str, ...]:
    """Return what an answer lacks, by name, what matters first coming first."""
    if heard.answer.item.kind == "expectation":
        return _of_a_bid(heard)
    if heard.score.level is None:
        return (_unscored(heard),)
    signs = signs_in(heard.told)
    found = [*_of_the_telling(heard), *_of_the_kind(heard)]
    found += [s for s in signs_for(heard) if sign_of(s) not in signs and _has_place(s, heard)]
    words, said = feedback_words(heard.language), folded(heard.said)
    return tuple(
        lack for lack in dict.fromkeys(found) if not words.may_be_told(sign_of(lack), said)
    )


def _of_a_bid(heard: Heard) -> tuple[str, ...]:
    """Return the grounds that were not given where pay was talked about."""
    if heard.grounds is None or heard.score.level is None:
        return ()
    words, said = feedback_words(heard.language), folded(heard.said)
    return tuple(
        bid for bid in BIDS
        if bid.removeprefix("bid_") not in heard.grounds and not words.may_be_told(bid, said)
    )  # fmt: skip


def _has_place(sign: str, heard: Heard) -> bool:
    """Whether there is something that a sign could stand beside: a reason needs a deed."""
    if heard.kind not in STORIES or sign not in _OF_A_DEED:
        return True
    return any("own_action" in entry.parts for entry in heard.told)


def _of_the_telling(heard: Heard) -> list[str]:
    """Return what is wrong with how it was told, whatever the question."""
    found = []
    if "withdrawn" in heard.score.lifts and taken_back(heard) is not None:
        found.append("withdrawn")
    if heard.kind in OF_KNOWLEDGE and admitted(heard) is not None:
        found.append("find_out")
    if (step := step_missed(heard)) is not None:
        found.append(f"step_{step}")
    if heard.answer.together.too_short:
        found.append("more")
    return found


def _of_the_kind(heard: Heard) -> list[str]:
    """Return what an answer to this type of question should have."""
    if heard.kind in STORIES:
        return [*_missing_parts(heard), *(["late"] if came_late(heard) else [])]
    if heard.kind == "situational":
        return ["first_step"]  # unless one may have been told, which is looked at of every lack
    if heard.kind == "motivation":
        return _of_motivation(heard)
    own = heard.answer.together.parts & {"specific", "own_action"}
    return ["case"] if heard.kind in WITH_A_CASE and not own else []


def _unscored(heard: Heard) -> str:
    reading = heard.answer.together
    if admitted(heard) is not None:
        return "find_out"
    if heard.score.reason == "thin" and reading.too_short and heard.told:
        return "more"
    beside = reading.off_question or heard.score.reason == "no_bearing"
    return "off" if beside and heard.told else "unanswered"


def _missing_parts(heard: Heard) -> list[str]:
    parts = heard.answer.together.parts
    lacking = [part for part in STORY_PARTS if part not in parts]
    if "specific" in parts and "situation" in lacking:
        lacking.remove("situation")  # as in probing: a dated occasion has set the scene
    return lacking


def _of_motivation(heard: Heard) -> list[str]:
    """Return what the reasons for applying lack: this employer, and own work behind them."""
    found = []
    said = heard.said
    own = terms(said)
    names_it = any(len(own & terms(passage.text)) >= _LEAST_SHARED for passage in heard.research)
    have_read = cues_for(heard.language).patterns["have_read"].search(folded(said))
    if not names_it and not have_read:
        found.append("employer")
    if not heard.answer.together.parts & {"own_action", "specific"}:
        found.append("own_evidence")
    return found


def admitted(heard: Heard) -> Told | None:
    """Return the sentence that says something is not known, None where more follows it."""
    told = heard.told
    last = {entry.turn: entry for entry in told if entry.acting or entry.figures}
    return next((e for e in told if e.admits and last.get(e.turn, e).place <= e.place), None)


def came_late(heard: Heard) -> tuple[str, ...]:
    """Return the parts that a story had only after a probe, where that cost something."""
    before, whole = heard.score.before_probes, heard.score.level
    if heard.kind not in STORIES or whole is None:
        return ()
    shrunk = "withdrawn" in heard.score.lifts
    if before is not None and not shrunk and whole - before < _WORTH_ASKING:
        return ()
    return tuple(p for p in heard.answer.when_asked if p in ("own_action", "result", "specific"))


def step_missed(heard: Heard) -> str | None:
    """Return the first step of a ladder that was not reached; None where there is none."""
    height = heard.height
    if height is None or not height.steps:
        return None
    place = height.steps.index(height.reached) + 1 if height.reached in height.steps else 0
    return height.steps[place] if place < len(height.steps) else None


def taken_back(heard: Heard) -> Told | None:
    """Return the sentence that took something back, None where none says so plainly."""
    sign = weighed(heard.language).shrinking["withdraws"]
    later: Sequence[Told] = [entry for entry in heard.told if entry.turn > 0]
    return next((entry for entry in later if sign.search(folded(entry.text))), None)

"""The one change that is worth most over all rounds, and why it is this one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from interviewer.assessment.feedback.choosing import GAINS
from interviewer.assessment.feedback.heard import Heard
from interviewer.assessment.feedback.item import OneThing
from interviewer.assessment.feedback.options import cap_of
from interviewer.assessment.feedback.rated import Option
from interviewer.assessment.feedback.sought import counts_for, sign_of
from interviewer.assessment.feedback.words import FeedbackWords, filled

_MOST_NAMES = 3
_MOST_TURNS = 8
# A sign that the next anchor does not ask for is seen to be missing often and matters little.
_UNNAMED = 0.35
_CHEAP = 0.9
# What one more sentence would mend.
_ONE_SENTENCE = ("result", "reflection", "situation", "reason", "reason_would", "find_out")
# What is seen once is worth less over all rounds than what is seen again.
_SEEN_ONCE = 0.7
# So many answers, and one in so many of those that could have it, are "often".
_SEVERAL, _OFTEN = 2, 3


def one_thing(
    options: Sequence[Option], answers: Sequence[Heard], words: FeedbackWords
) -> OneThing | None:
    """Return the most valuable change, None where nothing is missing.

    Args:
        options: Everything that could be told, over all rounds.
        answers: All answers that feedback can be given on.
        words: Words of the language.
    """
    short = [option for option in options if option.chance.need > 0]
    left = [o for o in short if o.chance.scored] or short or options
    if not left:
        return None
    worth: dict[str, float] = {}
    for option in left:
        lack = family(option.chance.lack)
        worth[lack] = worth.get(lack, 0.0) + _worth(option)
    often = Counter(family(option.chance.lack) for option in left)
    lack = max(worth, key=lambda name: worth[name] * (1 if often[name] > 1 else _SEEN_ONCE))
    seen = [option for option in left if family(option.chance.lack) == lack]
    best = max(seen, key=_worth)
    return OneThing(
        lack=lack,
        change=words.advice[lack],
        why=_why(lack, seen, answers, words),
        turns=_turns(seen),
        answers=len(seen),
        of=_of(lack, answers),
        now=_now(best, words),
    )


def family(lack: str) -> str:
    """Return what a lack is counted as: all steps of ladders, what was and what would be done."""
    return "step" if lack.startswith("step_") else sign_of(lack)


def _worth(option: Option) -> float:
    chance = option.chance
    asked_for = chance.named or chance.capped or GAINS.get(chance.lack, 0.0) > _CHEAP
    if chance.need > 0:
        return chance.worth * (1.0 if asked_for else _UNNAMED)
    return GAINS.get(chance.lack, _UNNAMED) * (0.1 if asked_for else 0.01)


def _of(lack: str, answers: Sequence[Heard]) -> int:
    return sum(counts_for(lack, heard) for heard in answers)


def _turns(seen: Sequence[Option]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(option.evidence.seq for option in seen))


def _why(lack: str, seen: Sequence[Option], answers: Sequence[Heard], words: FeedbackWords) -> str:
    turns = words.joins["list"].join(str(seq) for seq in _turns(seen)[:_MOST_TURNS])
    several = len(seen) >= _SEVERAL and len(seen) * _OFTEN >= _of(lack, answers)
    said = [
        filled(
            words.advice[_reason(lack, several, len(seen))],
            answers=str(len(seen)), of=str(_of(lack, answers)), turns=turns,
        )
    ]  # fmt: skip
    held = list(dict.fromkeys(o.rated.name for o in seen if o.chance.need > 0))
    if held:
        names = words.joins["list"].join(held[:_MOST_NAMES])
        said.append(filled(words.advice["why_holds"], names=names))
    limits = [limit for option in seen if (limit := cap_of(option)) is not None]
    if limits:
        said.append(filled(words.advice["why_cap"], limit=str(min(limits))))
    elif lack in _ONE_SENTENCE:
        said.append(words.advice["why_cheap"])
    return words.joins["sentence"].join(said)


def _reason(lack: str, several: bool, seen: int) -> str:
    if lack in ("unanswered", "off"):
        return "why_open"
    return "why_seen" if several else "why_once" if seen == 1 else "why_twice"


def _now(best: Option, words: FeedbackWords) -> str:
    evidence = best.evidence
    silent = all(turn.seq != evidence.seq for turn in best.heard.answer.turns)
    return filled(
        words.advice["now_silent" if silent else "now"],
        turn=str(evidence.seq),
        quote=evidence.words,
        drill=words.drills[best.chance.lack].text,
    )

"""An answer that does not bear on the question: the question once more, then on."""

from __future__ import annotations

from interviewer.interview.moves import Move
from interviewer.interview.rules.asking import again
from interviewer.interview.rules.moment import Moment

# Two short answers may well be the same; two long ones are one that was pasted.
_LONG_ENOUGH = 60
_LONG_ENOUGH_CHINESE = 30


def on_off_question(moment: Moment) -> Move | None:
    """Put the question once more when the answer strays, or was given before word by word."""
    state, item = moment.state, moment.item
    if item is None or item.kind != "question" or state.brought_back:
        return None
    if item.type == "strength":
        return None  # a quick question takes the first thing that comes to mind
    if moment.plan.probing == "none":
        return None  # who reads set questions takes every answer as it comes
    if _said_before(moment):
        return again(state, "bridge.again", "the same answer was given before")
    # What tells a deed or an outcome is taken as an answer even where the reader has its doubts.
    tells = moment.reading.parts & {"own_action", "result"}
    if moment.reading.off_question and not tells and not moment.reading.about_pay:
        return again(state, "bridge.again", "the answer does not bear on the question")
    return None


def _said_before(moment: Moment) -> bool:
    """Whether the last answer was given to another question, in the same words."""
    last, *_ = reversed(moment.state.heard)
    least = _LONG_ENOUGH_CHINESE if moment.plan.language.startswith("zh") else _LONG_ENOUGH
    words = _plain(last.text)
    if len(words) < least:
        return False
    before = moment.state.heard[:-1]
    return any(_plain(heard.text) == words for heard in before if heard.item != last.item)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())

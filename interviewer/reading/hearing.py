"""All signs of one answer together: what one of them says of the others.

A sign alone is often wrong ("I don't know" in the middle of a story, a grievance that speaks of
salaries); what else an answer holds tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from interviewer.reading.asides import asides_in
from interviewer.reading.bearing import asks_of_pay, form_of, shared_words, strays
from interviewer.reading.cues import Cues, folded
from interviewer.reading.story import Ownership, Story, story_in
from interviewer.reading.tongue import word_count

SIGNS = (
    "we_only", "hypothetical", "dont_know", "finds_out", "nothing_to_add", "refusal",
    "off_question", "asks_verdict", "gives_orders", "asks_time", "asks_hint", "asks_repeat",
    "asks_software", "about_pay",
)  # fmt: skip
# Asking for something to go on with: nothing of the story is told yet.
_WAITING = frozenset({"asks_time", "asks_hint", "asks_repeat"})
__all__ = ["SIGNS", "Heard", "Ownership", "Question", "heard_in"]


@dataclass(frozen=True, slots=True)
class Question:
    """The question an answer is given to: its words and its type, empty where not known."""

    words: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """What is heard in an answer.

    Attributes:
        parts: Parts of a story.
        signs: Other signs.
        ownership: Whose doing it was.
        of_pay: Whether pay is spoken of.
        asked: Whether the examiner is asked something.
        accounts: Whether it gives an account of oneself, whose figures can be checked.
    """

    parts: frozenset[str]
    signs: frozenset[str]
    ownership: Ownership | None
    of_pay: bool = False
    accounts: bool = True
    asked: bool = False


def heard_in(
    text: str, told: Sequence[str], asked: Sequence[str], question: Question, cues: Cues
) -> Heard:
    """Return what is heard in an answer.

    Args:
        text: All of it.
        told: The sentences that state something.
        asked: Those that ask the examiner something.
        question: The question it is given to.
        cues: Signs of the language.
    """
    form = form_of(question.words, question.kind, cues)
    bare = cues.patterns["quoted_words"].sub(" ", folded(text))
    outcome = cues.patterns["asks_outcome"].search(folded(question.words)) is not None
    story = story_in([folded(sentence) for sentence in told], cues, form, of_outcome=outcome)
    words = word_count(text, cues.language) * _WORDS_A_CHARACTER.get(cues.language, 1.0)
    asides = asides_in(bare, cues)
    if question.kind == "expectation" and asks_of_pay(question.words, cues):
        asides |= {"about_pay"}
    heard = _weighed(story, asides, form, short=words < _SHORT, brief=words < _BRIEF)
    heard = replace(
        heard,
        asked=bool(asked),
        of_pay="about_pay" in asides and question.kind != "past_behaviour",
        accounts=form in ("past", "other")
        or (form in ("would", "knowledge") and "own_action" in heard.parts),
    )
    rest = _beside(told, cues)
    if question.words and _is_off(heard, question.words, form, bare, rest, cues):
        parts = heard.parts & {"situation", "reflection"}
        signs = heard.signs - {"we_only", "hypothetical"} | {"off_question"}
        return Heard(parts, signs, None)
    return heard


def _weighed(
    story: Story, asides: frozenset[str], form: str, *, short: bool, brief: bool
) -> Heard:
    """Return parts and signs without those that the others show to be mistaken."""
    parts, signs = set(story.parts), set(asides)
    if (short and signs & (_WAITING | {"refusal"})) or (brief and "nothing_to_add" in signs):
        parts -= {"own_action", "result", "specific", "situation"}
    # Somebody who does not know tells what they would do to find out, and no more.
    elif story.hypothetical and (form == "would" or (form == "past" and "dont_know" not in signs)):
        signs.add("hypothetical")
    if signs & _WAITING - {"asks_repeat"}:
        signs -= {"finds_out"}
    if "gives_orders" in signs:
        signs -= {"asks_verdict"}
    told = {"own_action", "specific"} <= parts
    if told and not short:
        signs -= _NEVER_IN_A_STORY
    if form == "knowledge" and "finds_out" in signs:
        parts -= {"own_action", "result", "specific"}
    if "own_action" in parts:
        signs -= {"dont_know", "finds_out"}
    unknown = {"dont_know", "refusal", "nothing_to_add", "hypothetical"} & signs
    if story.shared and "own_action" not in parts and not unknown:
        signs.add("we_only")
    ownership = story.ownership
    if ownership == "own" and "own_action" not in parts:
        ownership = None
    return Heard(frozenset(parts), frozenset(signs), ownership)


def _beside(told: Sequence[str], cues: Cues) -> str:
    """Return what is stated beside orders, doubts about the examiner and fishing."""
    asides = [cues.patterns[name] for name in ("gives_orders", "asks_software", "asks_verdict")]
    return " ".join(
        low for low in map(folded, told) if not any(pattern.search(low) for pattern in asides)
    )


def _is_off(heard: Heard, question: str, form: str, bare: str, rest: str, cues: Cues) -> bool:
    """Whether an answer does not bear on its question."""
    told = heard.parts - {"situation", "reflection"}
    says_little = word_count(rest, cues.language) < _A_FEW[cues.language]
    aside = cues.patterns["puts_aside"].search(bare) is not None
    if "gives_orders" in heard.signs:
        return says_little
    if form != "own" and heard.signs & {"asks_software", "asks_verdict"}:
        return (says_little or not heard.parts | heard.signs & {"hypothetical"}) and (
            aside or "asks_software" in heard.signs
        )
    if heard.signs & _SETTLED or (form == "own" and heard.asked):
        return False
    if heard.asked and says_little:
        # Nothing but a question: about the case, or about the day, the house, the procedure.
        elsewhere = cues.patterns["asks_elsewhere"].search(bare)
        if elsewhere and not shared_words(question, bare, cues):
            return True
    if len(told) > 1 and shared_words(question, bare, cues):
        return False
    if aside and not told:
        return True
    imagined = "hypothetical" in heard.signs
    return strays(question, bare, form, cues, told=len(told) + imagined)


# So few words beside an order or a question are no answer.
_A_FEW = {"en": 6, "zh": 6}
# What a long story says by the way.
_NEVER_IN_A_STORY = frozenset(
    {"dont_know", "nothing_to_add", "refusal", "finds_out", "asks_repeat", "asks_time",
     "asks_verdict", "asks_hint"}
)  # fmt: skip
# Lengths in English words, and how many of these a Chinese character makes.
_SHORT, _BRIEF, _WORDS_A_CHARACTER = 40, 10, {"zh": 2 / 3}
# What bears on any question.
_SETTLED = frozenset(
    {"dont_know", "finds_out", "nothing_to_add", "refusal", "asks_time", "asks_hint",
     "asks_repeat", "about_pay"}
)  # fmt: skip

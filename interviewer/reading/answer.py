"""What is in an answer: parts of the story, claims, questions back, and what went wrong with it.

Signs from word files, no model. A reading is a set of observations, never a score.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from interviewer.reading.claims import Claim, claims_in
from interviewer.reading.cues import Cues, cues_for, folded, plain
from interviewer.reading.hearing import SIGNS, Ownership, Question, heard_in
from interviewer.reading.noun_phrase import thing_in
from interviewer.reading.protected import protected_in
from interviewer.reading.tongue import (
    has_chinese,
    is_other_language,
    is_unclear,
    language_of,
    word_count,
)
from interviewer.research.sentences import sentences

# Campion's limited prompting: below this an answer gets one neutral "tell me more", above it a
# steer to the result (SCIENCE 1.5: 25 words, 350 words).
TOO_SHORT = {"en": 25, "zh": 40}
TOO_LONG = {"en": 350, "zh": 600}
# Signs are sought in this much of an answer; a longer one has shown what it is by then.
READ_CHARACTERS = 12_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in one answer, or in several to the same question.

    Attributes:
        words: Length in words, in Chinese in characters.
        parts: Parts of a story: situation, own_action, result, reflection, specific.
        silent: Nothing was said.
        unclear: Signs or letters that make no words.
        other_language: Not in the language of the interview.
        we_only: "We" did it all, the candidate's own part is not told.
        hypothetical: What would be done, not what was done.
        dont_know: Says that they do not know.
        finds_out: Says how they would find out.
        nothing_to_add: Says that there is no more to say.
        refusal: Declines to answer.
        off_question: Does not bear on the question; told only where the question is known.
        asks_verdict: Fishes for an assessment.
        gives_orders: Tries to give the examiner instructions.
        asks_time: Asks for a moment to think.
        asks_hint: Asks for a hint.
        asks_repeat: Asks to hear the question again, or what it means.
        asks_software: Asks whether the examiner is a machine.
        about_pay: Speaks of pay.
        questions: Questions put to the examiner, each a sentence of the answer.
        claims: Numbers, money and years that were stated.
        thing: A noun phrase of the candidate's own that is safe to take up, or None.
        too_short: Shorter than the point from which an answer can be judged.
        too_long: Longer than a listener follows.
        ownership: Whose doing it was, as told: the candidate's own, a group's, or others'.
        language: The language it was read in: the one that is spoken, where it can be told.
    """

    words: int = 0
    parts: frozenset[str] = frozenset()
    silent: bool = False
    unclear: bool = False
    other_language: bool = False
    we_only: bool = False
    hypothetical: bool = False
    dont_know: bool = False
    finds_out: bool = False
    nothing_to_add: bool = False
    refusal: bool = False
    off_question: bool = False
    asks_verdict: bool = False
    gives_orders: bool = False
    asks_time: bool = False
    asks_hint: bool = False
    asks_repeat: bool = False
    asks_software: bool = False
    about_pay: bool = False
    questions: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    thing: str | None = None
    too_short: bool = False
    too_long: bool = False
    ownership: Ownership | None = None
    language: str = "en"

    @property
    def own_words(self) -> int:
        """Length without the questions put to the examiner."""
        asked = sum(
            word_count(question, "zh" if has_chinese(question) else "en")
            for question in self.questions
        )
        return max(0, self.words - asked)


def read(answer: str, language: str, *, question: str = "", kind: str = "") -> Reading:
    """Read an answer.

    Args:
        answer: What the candidate said; several answers to one question are joined by line ends.
        language: Language of the interview.
        question: The words of the question; without them nothing is said to be off it.
        kind: Its type in the plan, which tells whether deeds or knowledge are asked for.
    """
    cues = cues_for(language)
    text = answer.strip()
    if not text:
        return Reading(silent=True, language=cues.language)
    foreign = is_other_language(text, cues)
    if foreign and (other := language_of(text)) is not None:
        # What somebody says in the other language is understood, only not spoken here.
        cues = cues_for(other)
    words = word_count(text, cues.language)
    if is_unclear(text, cues.language):
        return Reading(words=words, unclear=True, too_short=True, language=cues.language)
    text = text[:READ_CHARACTERS]
    told, asked = _stated_and_asked(text, cues)
    heard = heard_in(text, told, asked, Question(question, kind), cues)
    return Reading(
        words=words,
        parts=heard.parts,
        other_language=foreign,
        **{name: name in heard.signs for name in SIGNS},
        ownership=heard.ownership,
        questions=asked,
        claims=claims_in(told, cues, of_pay=heard.of_pay) if heard.accounts else (),
        thing=_taken_up(told, cues),
        too_short=words < TOO_SHORT[cues.language],
        too_long=words > TOO_LONG[cues.language],
        language=cues.language,
    )


# An interview is folded and judged over and over: an answer is read once, not once a turn. Few are
# kept, and only whoever has the words of an answer gets its reading.
@lru_cache(maxsize=512)
def read_once(answer: str, language: str, question: str = "", kind: str = "") -> Reading:
    """Return what `read` returns, from memory where the same was read lately."""
    return read(answer, language, question=question, kind=kind)


def _taken_up(told: tuple[str, ...], cues: Cues) -> str | None:
    """Return a thing that was named; nothing of the person, which nobody comes back to."""
    things = (
        thing_in(plain(sentence), cues)
        for sentence in told
        if not protected_in(sentence, cues.language)
    )
    return next(filter(None, things), None)


_ASKING = re.compile(r"[?？]\s*[\"'”’)）]*$")


def _stated_and_asked(text: str, cues: Cues) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the sentences that state something and those that ask the examiner something.

    All are exact parts of the answer.

    A question that the candidate answers in the next breath ("Why did I do that? Because …") or
    quotes is part of the telling; only those that end the answer, or name the examiner's side,
    are put to the examiner. So is one without a question mark that is plainly worded as one.
    """
    found = sentences(text, cues.language)
    low = [folded(sentence) for sentence in found]
    patterns = cues.patterns
    asking = [_asks(sentence, cues) for sentence in low]
    last_stated = max((n for n, asks in enumerate(asking) if not asks), default=-1)
    told: list[str] = []
    asked: list[str] = []
    quoting = False
    for index, sentence in enumerate(low):
        quoting = asking[index] and (
            quoting or patterns["opens_quote"].search(sentence) is not None
        )
        put = (
            asking[index]
            and not quoting
            and (
                index > last_stated
                or (
                    index > 0 and patterns["announces_question"].search(low[index - 1]) is not None
                )
                or _addresses_examiner(sentence, cues)
            )
        )
        (asked if put else told).append(found[index])
    return tuple(told), tuple(asked)


def _asks(sentence: str, cues: Cues) -> bool:
    patterns = cues.patterns
    if _ASKING.search(sentence) is None:
        worded = patterns["asks_unmarked"].search(sentence) is not None
        if not worded or patterns["states_all_the_same"].search(sentence) is not None:
            return False
    return cues.patterns["checks_back"].search(sentence) is None


def _addresses_examiner(sentence: str, cues: Cues) -> bool:
    if cues.patterns["own_rhetoric"].search(sentence):
        return False
    quoted = sentence.count('"') + sentence.count("“") > 0
    return bool(cues.patterns["to_examiner"].search(sentence)) and not quoted

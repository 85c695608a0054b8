"""Whether an answer bears on the question that was asked: words in common, and signs that not.

No meaning is compared here. What an answer shares with its question, what it tells of work, and
the subjects people drift to (weather, food, the journey, things for sale) are counted; what is
left in doubt bears on the question.
"""

from __future__ import annotations

import re

import snowballstemmer

from interviewer.reading.cues import Cues, folded

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_WORDS = re.compile(r"[a-z]+(?:'[a-z]+)?")
_STEMMER = snowballstemmer.stemmer("english")


# What a question of a type asks for.
FORMS = {
    "past_behaviour": "past", "background": "past", "situational": "would",
    "knowledge": "knowledge", "work_sample": "sample", "candidate_questions": "own",
    "motivation": "other", "strength": "other", "public_service": "other",
    "expectation": "other", "conditions": "other",
}  # fmt: skip


def form_of(question: str, kind: str, cues: Cues) -> str:
    """Return what a question asks for.

    That is `past`, `would`, `knowledge`, `sample` (of work), `own` (questions), or `other`.

    Args:
        question: Its words, empty when they are not known.
        kind: Its type in the plan, empty when it is not known.
        cues: Signs of its language.
    """
    patterns = cues.patterns
    question = folded(question)
    if kind in FORMS:
        form = FORMS[kind]
        imagined = form == "past" and patterns["asks_would"].match(question)
        # "If you had it to do again" belongs to what was done.
        return "would" if imagined and not patterns["asks_past"].search(question) else form
    if patterns["asks_own"].search(question):
        return "own"
    past = patterns["asks_past"].search(question)
    if patterns["asks_would"].search(question) and not past:
        return "would"
    return "knowledge" if patterns["asks_knowledge"].search(question) and not past else "past"


def asks_of_pay(question: str, cues: Cues) -> bool:
    """Whether a question is about pay."""
    return cues.patterns["about_pay"].search(folded(question)) is not None


def shared_words(question: str, answer: str, cues: Cues) -> int:
    """Return how many words of the question's content an answer takes up.

    English words are compared by their stems, Chinese by pairs of neighbouring characters.
    """
    frame = cues.patterns["frame"]
    if cues.language == "zh":
        runs = _HAN.findall(frame.sub(" ", question))
        pairs = {run[n : n + 2] for run in runs for n in range(len(run) - 1)}
        return sum(pair in answer for pair in pairs)
    content = {word for word in _WORDS.findall(folded(question)) if not frame.fullmatch(word)}
    said = set(_WORDS.findall(answer))
    # Stems begin the words they are stems of, but for a last letter ("y" becomes "i").
    stems = {_STEMMER.stemWord(word).rstrip("i") for word in content}
    return sum(any(word.startswith(stem) for word in said) for stem in stems)


def strays(question: str, answer: str, form: str, cues: Cues, *, told: int) -> bool:
    """Whether an answer that asks for nothing strays from its question.

    Args:
        question: The words of the question.
        answer: What was said.
        form: What the question asks for.
        cues: Signs of the language of both.
        told: How many parts of a story about deeds the answer has.
    """
    patterns = cues.patterns
    small = len(set(patterns["small_talk"].findall(answer)))
    sold = len(set(patterns["sales_talk"].findall(answer)))
    shared = min(shared_words(question, answer, cues), 3)
    work = len(set(patterns["work_talk"].findall(answer)))
    if form == "own":
        return True  # neither a question nor "nothing more"
    if small + sold == 0:
        return False
    if not shared and not work:
        return small + sold >= (2 if told else 1)
    far = small + 1.5 * sold - 0.25 * min(work, 3) - 0.5 * shared - 1.5 * told
    return far > (-0.5 if form == "would" else 0)

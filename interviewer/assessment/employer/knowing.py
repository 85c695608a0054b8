"""What a candidate knows of the employer: right, wrong and missed, each with its passage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from interviewer.assessment.employer.against import Known, contradicting, on_subject
from interviewer.assessment.employer.remarks import Remark, remarks_in
from interviewer.interview.plan import Plan
from interviewer.interview.support import Support
from interviewer.interview.support.reading import Reading
from interviewer.interview.support.stated import stated
from interviewer.interview.support.words import support_words
from interviewer.research.sentences import sentences
from interviewer.transcript import Passage, Transcript

# What a candidate should know of an employer before any post (DESIGN 1).
KEY_TOPICS = ("nature", "scope", "performance", "prospects", "address")
MOST_MISSED = 6
_FIGURE = re.compile(r"\d")
_WHOLE = re.compile(r"[.!。！]$")
_LEAST_THINGS = 2


@dataclass(frozen=True, slots=True)
class Held:
    """A remark held against the research.

    Attributes:
        seq: Turn of the candidate.
        text: What was said, an exact part of the turn.
        passage: The passage that says it, or says otherwise.
        sentence: Its sentence.
        told_before: Whether an examiner had cited that passage before.
    """

    seq: int | None
    text: str
    passage: Passage
    sentence: str
    told_before: bool


@dataclass(frozen=True, slots=True)
class Missed:
    """Something of the research that nothing the candidate said took up.

    Attributes:
        passage: Where it stands.
        sentence: What it says.
        asked: Whether an examiner built a question on it.
    """

    passage: Passage
    sentence: str
    asked: bool


@dataclass(frozen=True, slots=True)
class EmployerKnowledge:
    """All three; what is neither right nor wrong by the research is not in it."""

    right: tuple[Held, ...] = ()
    wrong: tuple[Held, ...] = ()
    missed: tuple[Missed, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.right or self.wrong or self.missed)


@dataclass(frozen=True)
class Research:
    """The passages of an employer in one language, ready to be compared with.

    Attributes:
        passages: By id.
        names: What the employer is called, the usual name last.
        language: Of the interview.
    """

    passages: Mapping[str, Passage]
    names: tuple[str, ...]
    language: str

    def known(self) -> tuple[Known, ...]:
        """Return every sentence of the passages."""
        words = support_words(self.language)
        return tuple(
            Known(passage.id, one)
            for passage in self.passages.values()
            for one in stated(passage, words, self.names)
        )


def employer_knowledge(plan: Plan, transcript: Transcript) -> EmployerKnowledge:
    """Return what the candidate's words show of the employer.

    Only passages in the transcript are looked at: those the interview used.
    """
    passages = {
        key: passage for key, passage in transcript.interview.research.items()
        if passage.language in ("", plan.language)
    }  # fmt: skip
    if not passages:
        return EmployerKnowledge()
    research = Research(passages, names_of(plan.company_name), plan.language)
    known = research.known()
    right: list[Held] = []
    wrong: list[Held] = []
    for remark in _remarks(transcript, research):
        verdict = judged(remark, research, known)
        if verdict is not None:
            is_right, one = verdict
            (right if is_right else wrong).append(_held(remark, one, transcript, research))
    return EmployerKnowledge(
        tuple(right), tuple(wrong), _missed(plan, transcript, research, known)
    )


def names_of(name: str) -> tuple[str, ...]:
    """Return an employer's name and its short form: the first word, in Chinese two characters."""
    short = name.split()[0] if name.isascii() and name.split() else name[:2]
    return tuple(dict.fromkeys((name, short if len(short) > 1 else name)))


def judged(
    remark: Remark, research: Research, known: Sequence[Known]
) -> tuple[bool, Known] | None:
    """Return whether a remark is right, with the sentence that says so; None where none does."""
    words = support_words(research.language)
    claim = Reading(remark.claim, words, research.names)
    for piece in claim.pieces:
        other = contradicting(piece, known)
        if other is not None:
            return False, other
    support = Support(research.passages, research.language, research.names)
    for piece in filter(_says_something, claim.pieces):
        for one in sorted(known, key=lambda one: -one.stated.shared(piece)):
            if not one.stated.shared(piece):
                break
            if support.fault(piece.text.strip(" ,;，；"), (one.passage,)) is None:
                return True, one
    return None


def _says_something(piece: Reading) -> bool:
    return bool(piece.figures or piece.names) or len(piece.terms) > _LEAST_THINGS


def _remarks(transcript: Transcript, research: Research) -> Iterable[Remark]:
    for turn in transcript.turns:
        if turn.by_candidate:
            yield from remarks_in(turn.content, turn.seq, research.names, research.language)


def _held(remark: Remark, one: Known, transcript: Transcript, research: Research) -> Held:
    before = any(
        one.passage in turn.cites
        for turn in transcript.turns
        if turn.by_examiner and (turn.seq or 0) < (remark.seq or 0)
    )
    passage = research.passages[one.passage]
    return Held(remark.seq, remark.text, passage, one.whole.text, before)


def _missed(
    plan: Plan, transcript: Transcript, research: Research, known: Sequence[Known]
) -> tuple[Missed, ...]:
    """Return what examiners asked from, then one fact a key topic, where neither was taken up."""
    asked = {turn.move.item for turn in transcript.turns if turn.by_examiner and turn.move}
    found: dict[str, Missed] = {}
    for part in plan.conversations:
        for item in part.items:
            lead = item.lead
            passage = research.passages.get(lead.cites or "") if lead else None
            if lead and passage and item.id in asked:
                found[passage.id] = Missed(passage, lead.text, True)
    for topic in KEY_TOPICS:
        for passage in research.passages.values():
            sentence = _fact_of(passage, research.language)
            if passage.topic == topic and sentence:
                found.setdefault(passage.id, Missed(passage, sentence, False))
    words = support_words(research.language)
    said = [
        Reading(sentence, words, research.names)
        for turn in transcript.turns if turn.by_candidate
        for sentence in sentences(turn.content, research.language)
    ]  # fmt: skip
    taken = {
        one.passage for one in known if one.passage in found
        for sentence in said if _takes_up(sentence, one)
    }  # fmt: skip
    return tuple(entry for key, entry in found.items() if key not in taken)[:MOST_MISSED]


def _fact_of(passage: Passage, language: str) -> str:
    """Return the first whole sentence of a passage with a figure, empty where there is none."""
    whole = (one for one in sentences(passage.text, language) if _WHOLE.search(one))
    return next((one for one in whole if _FIGURE.search(one) and "\n" not in one), "")


def _takes_up(sentence: Reading, one: Known) -> bool:
    """Whether somebody speaks of what a sentence says, also in other words."""
    figures = sum(any(f.agrees(o) for o in one.whole.figures) for f in sentence.figures)
    terms = len({term.text for term in sentence.terms} & one.whole.all_terms)
    chinese = sentence.words.language == "zh"
    if figures and terms >= (2 if chinese else 1):
        return True
    return terms >= (5 if chinese else 3) and (on_subject(sentence, one) or terms >= 4)

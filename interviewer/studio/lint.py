"""What is wrong with an edited copy: what the content's own checks say, and what it would say.

Nothing is looked for here by words of its own: the checks are those of `interviewer check`, the
signs those of the guard and of the metrics. A sentence that stands in the file as it comes was
looked at when it was written, and is not held against a copy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from interviewer.content.copies import Piece, with_copies
from interviewer.content.form import toml_in
from interviewer.content.library import Library
from interviewer.content.phrasebook import SLOT
from interviewer.errors import ContentError, Fault
from interviewer.evaluation.metric import Finding
from interviewer.evaluation.metrics.prohibited_questions import ProhibitedQuestions
from interviewer.evaluation.metrics.question_form import QuestionForm
from interviewer.evaluation.metrics.role_breaks import RoleBreaks
from interviewer.evaluation.prohibited.detector import Detector
from interviewer.evaluation.speech import Speech
from interviewer.interview.guard.cases import CASES, TELLING_RUN, runs_of
from interviewer.interview.guard.given import Given
from interviewer.interview.guard.said import Said
from interviewer.reading.tongue import has_chinese
from interviewer.studio.spoken import Spoken, spoken_in, told_in
from interviewer.transcript import EXAMINER, Interview, Transcript, Turn

Tag = Literal[
    "fault", "improper", "praise", "leak", "verdict", "role", "form", "tongue", "same", "limit",
]  # fmt: skip
BLOCKING: frozenset[Tag] = frozenset({"fault", "improper"})
"""What keeps a copy from being published, whatever the reason."""
# Kinds of sign by which the guard keeps back a model's sentence, and what they are called here.
_GUARDED: Mapping[str, Tag] = {
    "praise": "praise", "score": "leak", "rubric": "leak", "verdict": "verdict",
    "improper": "improper", "role": "role", "link": "form", "markup": "form",
}  # fmt: skip
_BROKEN: Mapping[str, Tag] = {"reveals_rubric": "leak", "prompt_leak": "leak"}
# The one place where an examiner says what it is.
_SAYS_SOFTWARE = "deflect.software"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that is wrong.

    Attributes:
        tag: What kind of thing.
        line: The line, from 1; None where it concerns the whole.
        said: The words it is about; for a fault what is wrong, as a sentence.
        why: What is known besides: the fix of a fault, a metric's reason; empty for nothing.
    """

    tag: Tag
    line: int | None
    said: str
    why: str = ""


@dataclass(frozen=True)
class Draft:
    """A text that is to be looked at.

    Attributes:
        piece: The file it is a copy of.
        text: The text.
        shipped: The file as it comes.
        others: Copies that belong to the same content.
    """

    piece: Piece
    text: str
    shipped: str
    others: Mapping[Piece, str]


def lint(draft: Draft, library: Library, folder: Path) -> tuple[Note, ...]:
    """Return everything that is wrong with a text, by line.

    Args:
        draft: The text.
        library: The content as the files have it.
        folder: The folder of personas.
    """
    once: dict[tuple[str, int | None, str], Note] = {}
    for note in (*_faults(draft, library, folder), *_words(draft, library)):
        key = (note.tag, note.line, note.said)
        if key not in once or not once[key].why:
            once[key] = note
    return tuple(sorted(once.values(), key=lambda note: (note.line or 0, note.tag)))


def counted(notes: Iterable[Note]) -> dict[str, int]:
    """Return how many notes there are of each kind."""
    return dict(Counter(str(note.tag) for note in notes))


def _faults(draft: Draft, library: Library, folder: Path) -> Iterator[Note]:
    try:
        with_copies(library, folder, {**draft.others, draft.piece: draft.text})
    except ContentError as error:
        for fault in error.faults:
            yield _as_note(fault, draft, folder)


def _as_note(fault: Fault, draft: Draft, folder: Path) -> Note:
    own = fault.path == folder / draft.piece.file
    where = "" if own else f"{fault.path.relative_to(folder).as_posix()}: "
    return Note("fault", fault.line if own else None, f"{where}{fault.what}", fault.fix)


def _words(draft: Draft, library: Library) -> Iterator[Note]:
    known = {s for entry in _all(draft.piece, draft.shipped) for s in entry.sentences}
    said = spoken_in(draft.piece, draft.text)
    fresh = [entry for entry in said if not known.issuperset(entry.sentences)]
    for entry in fresh:
        for sentence in entry.sentences:
            if sentence not in known:
                yield from _of_sentence(sentence, entry)
        if _in_another_tongue(entry):
            yield Note("tongue", entry.line, entry.written)
    yield from _measured(fresh, known)
    told = [e for e in _all(draft.piece, draft.text) if not known.issuperset(e.sentences)]
    yield from _leaks(told, library)
    yield from _shared(draft, fresh, library)
    yield from _limits(draft)


def _all(piece: Piece, text: str) -> tuple[Spoken, ...]:
    return (*spoken_in(piece, text), *told_in(piece, text))


def _of_sentence(sentence: str, entry: Spoken) -> Iterator[Note]:
    """Yield what the guard would keep back of a model's sentence."""
    said = Said(sentence, (), Given(entry.language, ""))
    for case, tag in _GUARDED.items():
        if case == "role" and entry.key == _SAYS_SOFTWARE:
            continue
        if CASES[case](said):
            yield Note(tag, entry.line, sentence)


def _in_another_tongue(entry: Spoken) -> bool:
    words = SLOT.sub("", entry.written)
    letters = any(char.isalpha() for char in words)
    return letters and entry.key != "name" and has_chinese(words) != (entry.language == "zh")


def _measured(fresh: Sequence[Spoken], known: set[str]) -> Iterator[Note]:
    """Yield what the metrics find in sentences, each put before them as a turn."""
    for language in sorted({entry.language for entry in fresh}):
        entries = [entry for entry in fresh if entry.language == language]
        turns = tuple(
            Turn(number, EXAMINER, entry.text, name="studio")
            for number, entry in enumerate(entries, start=1)
        )
        speech = Speech(Transcript("studio", Interview(language=language), turns))
        for metric in _metrics():
            for finding in metric.score(speech).findings:
                entry = entries[(finding.seq or 1) - 1]
                if finding.span not in known and not _meant(finding, entry):
                    yield Note(_tag(finding), entry.line, finding.span, finding.reason)


@cache
def _metrics() -> tuple[RoleBreaks | QuestionForm | ProhibitedQuestions, ...]:
    nothing = Library()
    improper = ProhibitedQuestions(nothing, detector=Detector())
    return RoleBreaks(nothing), QuestionForm(nothing), improper


def _meant(finding: Finding, entry: Spoken) -> bool:
    return entry.key == _SAYS_SOFTWARE and finding.tag == "ai_disclosure"


def _tag(finding: Finding) -> Tag:
    if finding.metric == ProhibitedQuestions.name:
        return "improper"
    return "form" if finding.metric == QuestionForm.name else _BROKEN.get(finding.tag, "role")


def _leaks(told: Sequence[Spoken], library: Library) -> Iterator[Note]:
    """Yield what repeats the anchors of a competency: what a full answer holds is never said."""
    sealed = {language: _sealed(library, language) for language in {e.language for e in told}}
    for entry in told:
        if runs_of(entry.text, TELLING_RUN[entry.language]) & sealed[entry.language]:
            yield Note("leak", entry.line, entry.written)


def _sealed(library: Library, language: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of words that stand in anchors, and in no question or definition."""
    run = TELLING_RUN[language]
    sealed: set[tuple[str, ...]] = set()
    open_: set[tuple[str, ...]] = set()
    for rubric in library.rubrics.values():
        for anchor in rubric.anchors.values():
            sealed |= runs_of(anchor.get(language, ""), run)
        open_ |= runs_of(rubric.definition.get(language, ""), run)
        for question in rubric.questions:
            open_ |= runs_of(question.text.get(language, ""), run)
    return frozenset(sealed - open_)


def _shared(draft: Draft, fresh: Sequence[Spoken], library: Library) -> Iterator[Note]:
    """Yield phrases that another examiner has: each has a voice of their own."""
    if draft.piece.kind != "phrases":
        return
    taken = {
        phrase: persona.id
        for persona in library.personas.values()
        if persona.id != draft.piece.name and draft.piece.language in persona.phrasebooks
        for phrases in persona.phrasebooks[draft.piece.language].phrases.values()
        for phrase in phrases
    }
    for entry in fresh:
        if entry.written in taken:
            yield Note("same", entry.line, entry.written, taken[entry.written])


def _limits(draft: Draft) -> Iterator[Note]:
    """Yield matters that an examiner no longer stays away from."""
    if draft.piece.kind != "persona":
        return
    before, now = _may_not(draft.piece, draft.shipped), _may_not(draft.piece, draft.text)
    for matter in sorted(before - now) if before is not None and now is not None else ():
        yield Note("limit", None, matter)


def _may_not(piece: Piece, text: str) -> frozenset[str] | None:
    try:
        kept = toml_in(text, Path(piece.file)).get("may_not")
    except ContentError:
        return None
    return frozenset(str(matter) for matter in kept) if isinstance(kept, list) else frozenset()

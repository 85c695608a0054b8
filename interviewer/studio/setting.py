"""Where a copy is tried: which interview has its words in it, and what answers questions there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from interviewer.content.copies import OF_PERSONA, Piece
from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.interview.wishing import USUAL_FORMAT
from interviewer.research.lexical import Vocabulary, coverage, terms
from interviewer.research.sentences import sentences
from interviewer.transcript import Found, Passage

# From which share of a question's words on a passage counts as its answer.
_COVERED = 0.55


@dataclass(frozen=True, slots=True)
class Setting:
    """An interview that a copy takes part in.

    Attributes:
        company: Employer's id.
        role: Post's id.
        language: Of the interview.
        format: The format, as `make_wish` takes it.
        persona: The examiner that the copy is about.
        competency: The competency it is about, empty for any.
    """

    company: str
    role: str
    language: str
    format: str
    persona: str
    competency: str = ""

    @property
    def round(self) -> str:
        """The round of the examiner alone, as `make_wish` takes it."""
        return f"{self.format.partition(':')[0]}:{self.persona}"


def setting_for(
    library: Library, piece: Piece, language: str, employers: Sequence[str]
) -> Setting:
    """Return an interview in which a copy has a part.

    Args:
        library: The content.
        piece: The file the copy is of.
        language: Of the interview where the file is in all of them.
        employers: Ids of employers that may be used, in order.

    Raises:
        InputError: No format has a round with the examiner, or no employer a post.
    """
    language = piece.language or language
    format_id, persona = _round(library, piece)
    packs = [library.packs[name].company for name in employers if name in library.packs]
    own = [c for c in packs if c.posts and language in c.languages] or [
        c for c in packs if c.posts
    ]
    if not own or language not in library.languages:
        raise InputError("There is no employer with a post in this language to try a copy with.")
    competency = piece.name if piece.kind == "rubric" else ""
    return Setting(own[0].id, own[0].posts[0].id, language, format_id, persona, competency)


def _round(library: Library, piece: Piece) -> tuple[str, str]:
    """Return a format and the examiner of one of its rounds that a copy has a part in."""
    whole = {name: entry.take == "all" for name, entry in library.formats.items()}
    usual = sorted(library.formats, key=lambda name: (name != USUAL_FORMAT, not whole[name], name))
    if piece.kind == "format":
        rounds = library.formats[piece.name].rounds
        if rounds:
            return piece.name, rounds[0].persona
        raise InputError("A test on paper has no examiner, so there is no interview to try it in.")
    for format_id in usual:
        for part in library.formats[format_id].rounds:
            about = library.personas[part.persona].about
            named = piece.kind in OF_PERSONA and part.persona == piece.name
            if named or (piece.kind == "rubric" and piece.name in about.competencies):
                one = "" if whole[format_id] else f":{part.persona}"
                return f"{format_id}{one}", part.persona
    raise InputError("No examiner of any format has this, so there is no interview to try it in.")


@dataclass(frozen=True)
class ByWords:
    """Answers candidates' questions from passages by the words they share, with no model.

    Attributes:
        passages: The research on the employer.
    """

    passages: tuple[Passage, ...]
    found: dict[str, tuple[Found, ...]] = field(default_factory=dict)

    async def find(self, company: str, question: str, k: int = 4) -> Sequence[Found]:
        """Return the passage that has most of a question's words, where one has enough."""
        if question not in self.found:
            self.found[question] = self._find(question)
        return self.found[question]

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary.of(terms(passage.text) for passage in self.passages)

    def _find(self, question: str) -> tuple[Found, ...]:
        asked = terms(question)
        scores = [coverage(asked, terms(p.text), self._vocabulary) for p in self.passages]
        best = max(range(len(scores)), key=scores.__getitem__, default=None)
        if best is None or not asked or scores[best] < _COVERED:
            return ()
        passage = self.passages[best]
        said = sentences(passage.text, passage.language or "en")
        answer = max(said, key=lambda sentence: len(asked & terms(sentence)), default="")
        return (Found(passage, scores[best], answer),) if answer in passage.text else ()

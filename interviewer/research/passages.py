"""Passages: documents cut into pieces small enough to cite. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interviewer.research.characters import word_count
from interviewer.research.documents import Document
from interviewer.research.sections import Block, Section, sections
from interviewer.transcript import Passage

# Part of an index's fingerprint: a change of the rules below, or of `units`, must change it.
SPLITTER = "2"
MAX_WORDS = 300
# Shorter sections join their neighbour: what is found is a sentence or a row with its own heading
# (`units`), and a passage is what a reader is shown around it.
MIN_WORDS = 80
ARROW = " › "
_AND = " · "


@dataclass(frozen=True, slots=True)
class _Piece:
    path: tuple[str, ...]
    text: str
    is_joined: bool = False


def split(document: Document, company: str, name: str, topic: str) -> tuple[Passage, ...]:
    """Cut a document into passages.

    A heading begins a passage and is not part of its text. Sections under 80 words join a
    neighbour of the same document, each then under its own heading as a line `## …`; sections
    over 300 words are cut between paragraphs or sentences, tables and lists only where they alone
    are longer than that. A sentence is never cut, so one of more than 300 words is a passage of
    its own.

    Args:
        document: The document.
        company: Id of the employer.
        name: The document's path inside the pack without ending, parts joined by `/`.
        topic: The topic of the passages (a document may not know its own).

    Returns:
        Passages with ids `<company>/<name>#<n>`, n from 1.
    """
    markdown = document.path.suffix.lower() != ".txt"
    pieces: list[_Piece] = []
    for section in sections(document.text, document.language, markdown):
        pieces.extend(_cut(section))
    return tuple(
        Passage(
            id=f"{company}/{name}#{number}",
            text=piece.text,
            source=document.source,
            topic=topic,
            date=document.date,
            language=document.language,
            heading=ARROW.join(piece.path),
        )
        for number, piece in enumerate(_joined(pieces), 1)
    )


def _cut(section: Section) -> Iterable[_Piece]:
    whole = "".join(block.text for block in section.blocks)
    total = word_count(whole)
    if total <= MAX_WORDS:
        return [_Piece(section.path, whole.strip())]
    # Even shares, so that the last piece is not a scrap of a few words.
    goal = total / math.ceil(total / (MAX_WORDS * 0.85))
    texts = _fill(_units(section.blocks), goal)
    return [_Piece(section.path, text.strip()) for text in texts if text.strip()]


def _units(blocks: Sequence[Block]) -> Iterable[tuple[str, bool, float]]:
    """Yield what is not cut further: text, whether a block begins with it, and its words."""
    for block in blocks:
        words = word_count(block.text)
        is_prose = "\n|" not in f"\n{block.text}" and len(block.parts) > 1
        whole = words <= MAX_WORDS and (not is_prose or words <= MIN_WORDS)
        for index, part in enumerate((block.text,) if whole else block.parts):
            yield part, index == 0, word_count(part)


def _fill(units: Iterable[tuple[str, bool, float]], goal: float) -> list[str]:
    texts: list[str] = []
    text, words = "", 0.0
    for unit, begins_block, length in units:
        full = words + length > MAX_WORDS
        enough = words >= goal or (begins_block and words >= goal * 0.8)
        if text and (full or enough):
            texts.append(text)
            text, words = "", 0.0
        text += unit
        words += length
    if texts and words < MIN_WORDS and word_count(texts[-1] + text) <= MAX_WORDS:
        texts[-1] += text
    else:
        texts.append(text)
    return texts


def _joined(pieces: Sequence[_Piece]) -> list[_Piece]:
    done: list[_Piece] = []
    for piece in pieces:
        last = done[-1] if done else None
        if last is not None and _may_join(last, piece):
            text = f"{_headed(last)}\n\n{_headed(piece)}"
            done[-1] = _Piece(_common(last.path, piece.path), text, is_joined=True)
        else:
            done.append(piece)
    return done


def _headed(piece: _Piece) -> str:
    """Return a piece's text below its heading, which a joined one has inside already."""
    if piece.is_joined or not piece.path:
        return piece.text
    return f"## {piece.path[-1]}\n\n{piece.text}"


def _may_join(first: _Piece, second: _Piece) -> bool:
    sizes = word_count(first.text), word_count(second.text)
    return min(sizes) < MIN_WORDS and sum(sizes) <= MAX_WORDS


def _common(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """Return the path of two joined pieces: `A › B · C` for neighbours, else the deeper one."""
    if first == second[: len(first)]:
        return second
    if second == first[: len(second)]:
        return first
    if len(first) == len(second) and first[:-1] == second[:-1]:
        return (*first[:-1], first[-1] + _AND + second[-1])
    return (_AND.join((ARROW.join(first), ARROW.join(second))),)

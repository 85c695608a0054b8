"""Whose work a piece of work was, as an answer tells it."""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.interview.ledger.entry import Entry, Owner
from interviewer.interview.ledger.quoting import quoted
from interviewer.interview.ledger.signs import Signs
from interviewer.research.lexical import terms
from interviewer.research.sentences import sentences

# How many clauses back "it" may stand for something.
_REACH = 2


def work_entries(text: str, asked: str, signs: Signs) -> Iterator[Entry]:
    """Yield what an answer says of whose work something was.

    "It" and the like stand for what was named in the clause before, or asked about.
    """
    question = terms(asked) - signs.generic
    before: tuple[frozenset[str], ...] = ()
    for sentence in sentences(text, signs.language):
        for clause, at in _clauses(sentence, signs):
            own = terms(clause) - signs.generic
            told = _owner(clause, signs)
            if told is not None and not signs.private(clause):
                owner, start, length = told
                yield Entry(
                    kind="ownership",
                    about=frozenset({"work"}),
                    quote=quoted(sentence, at + start, length, signs.language),
                    sentence=sentence,
                    terms=own.union(question, *before),
                    core=own,
                    owner=owner,
                )
            # What is somebody's is not what the next clause speaks of.
            before = () if told else (*before, own)[-_REACH:]


def _clauses(sentence: str, signs: Signs) -> Iterator[tuple[str, int]]:
    """Yield the parts of a sentence between its joints, and where each begins."""
    begin = 0
    for joint in signs.patterns["joint"].finditer(sentence):
        yield sentence[begin : joint.start()], begin
        begin = joint.end()
    yield sentence[begin:], begin


def _owner(clause: str, signs: Signs) -> tuple[Owner, int, int] | None:
    """Return whose work a clause tells of, and where; None where it tells of both or none."""
    work = signs.work
    helped = work["helped"].search(clause)
    others = work["others"].search(clause)
    own = work["own"].search(clause)
    found = helped or others
    if found and (helped or not own):
        return "others", found.start(), len(found[0])
    if own and not found:
        return "own", own.start(), len(own[0])
    return None

"""The claims of one answer that are worth keeping."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from interviewer.interview.ledger.entry import Entry, EntryKind
from interviewer.interview.ledger.figures import Figure, as_pay, figures_in
from interviewer.interview.ledger.ownership import work_entries
from interviewer.interview.ledger.quoting import quoted
from interviewer.interview.ledger.signs import Signs, signs_for
from interviewer.interview.ledger.subjects import LEAST_SUM, around, subjects_of
from interviewer.reading.claims import Claim
from interviewer.reading.cues import cues_for
from interviewer.reading.tongue import has_chinese
from interviewer.research.lexical import names, terms
from interviewer.research.sentences import sentences

_PERIODS = ("per_day", "per_week", "per_month", "per_year", "per_each")
# What the reader may take for what money counts.
_NO_NOUNS = ("", "左右", "上下", "month", "year")
# "48" may be thousands; less is hardly a salary.
LEAST_SHORT = 15.0
_IN_CLAUSE = ("change", "part", "another", "told", "counter", "standing", "whole")


def entries_of(
    text: str, claims: Sequence[Claim], *, seq: int | None, round_id: str, language: str,
    asked: str = "",
) -> tuple[Entry, ...]:  # fmt: skip
    """Return the claims of one answer that are worth keeping.

    What is only imagined, told of others or of the employer, or said back from the examiner's
    question is left out.

    Args:
        text: The answer.
        claims: The figures read in it.
        seq: Its turn.
        round_id: Its round.
        language: Language of the interview.
        asked: What the examiner said before it.
    """
    signs = signs_for(language)
    said, asked = asked, _question_in(asked, signs.language)
    claims = [claim for claim in claims if claim.text not in said]
    topic = terms(f"{asked}\n{text}") - signs.generic
    found = [*work_entries(text, asked, signs)]
    found += _figure_entries(claims, asked, signs)
    found += _figure_entries(_unnumbered(text, signs), asked, signs)
    return tuple(replace(entry, seq=seq, round=round_id, topic=topic) for entry in found)


def _question_in(said: str, language: str) -> str:
    """Return the question of an examiner's turn: greetings and facts tell of no answer."""
    asking = [
        text for text in sentences(said, language) if text.rstrip("”\"’'").endswith(("?", "？"))
    ]
    # Of a question in the other language no word could be common ground.
    if not asking or has_chinese(asking[-1]) != (language == "zh"):
        return ""
    return asking[-1]


def is_private(text: str, language: str) -> bool:
    """Return whether a text touches what an examiner never comes back to (SCIENCE 3.3)."""
    return signs_for(language).private(text)


def _unnumbered(text: str, signs: Signs) -> list[Claim]:
    """Return times that are said without a number: "well over a year", "in March"."""
    units = cues_for(signs.language).units
    found = []
    for sentence in sentences(text, signs.language):
        for match in signs.patterns["whole_unit"].finditer(sentence):
            unit = units[match["name"]]
            found.append(Claim("number", match["unit"], 1.0, sentence, unit, unit))
        for match in signs.patterns["month"].finditer(sentence):
            number = float(signs.months[match["month"].lower()])
            found.append(Claim("date", match["month"], number, sentence, "month", "month_name"))
    return found


def _figure_entries(claims: Sequence[Claim], asked: str, signs: Signs) -> Iterator[Entry]:
    for figure in figures_in(claims, signs):
        told = _kind_and_subjects(figure, asked, signs)
        if told is None or signs.private(figure.clause):
            continue
        kind, about = told
        claim = figure.claim
        low, high = as_pay(figure) if kind == "pay" else (figure.low, figure.high)
        yield Entry(
            kind=kind,
            about=about,
            quote=quoted(claim.sentence, figure.at, len(claim.text), signs.language),
            sentence=claim.sentence,
            low=low,
            high=high,
            terms=(around(figure) | terms(asked)) - signs.generic,
            scope=scope_of(claim.sentence, signs),
            marks=_marks(figure, signs),
            core=names(claim.sentence) | names(asked),
            apart=signs.told_apart(f"{figure.clause} {asked}"),
        )


def scope_of(text: str, signs: Signs) -> frozenset[str]:
    """Return the employers and places a text names."""
    found: set[str] = set()
    for match in signs.patterns["named"].finditer(text):
        found.update(terms(next(filter(None, match.groups()))))
    return frozenset(found)


def _kind_and_subjects(
    figure: Figure, asked: str, signs: Signs
) -> tuple[EntryKind, frozenset[str]] | None:
    if _is_pay(figure, asked, signs):
        return "pay", frozenset({"pay"})
    if signs.says("hypothetical", figure.clause) or signs.says("elsewhere", figure.clause):
        return None
    about = subjects_of(figure, signs)
    kind: EntryKind = "date" if figure.claim.kind == "date" else "number"
    return (kind, about) if about else None


def _is_pay(figure: Figure, asked: str, signs: Signs) -> bool:
    claim = figure.claim
    bare = claim.kind == "money" or (claim.kind == "number" and claim.noun in _NO_NOUNS)
    if not bare or figure.is_time:
        return False
    if signs.says("not_expected", figure.clause):
        return False
    asks = signs.says("asks_pay", asked)
    if figure.high < LEAST_SUM:
        return asks and signs.language == "en" and figure.low >= LEAST_SHORT
    return asks or signs.says("expects", figure.clause) or signs.says("told", figure.clause)


def _marks(figure: Figure, signs: Signs) -> frozenset[str]:
    clause = figure.clause
    found = {name for name in _PERIODS if signs.says(name, clause)}
    return frozenset(found | {name for name in _IN_CLAUSE if signs.says(name, clause)})

"""Which words of the candidate are about the employer."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from interviewer.interview.support.words import support_words
from interviewer.research.sentences import sentences


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said about the employer.

    Attributes:
        seq: Turn it was said in.
        text: The sentence, an exact part of the turn.
        claim: What it says of the employer, by its name; led in by nothing, without what the
            candidate says of themselves.
    """

    seq: int | None
    text: str
    claim: str


def remarks_in(text: str, seq: int | None, names: tuple[str, ...], language: str) -> list[Remark]:
    """Return what a turn says about the employer.

    Args:
        text: The turn.
        seq: Its number.
        names: What the employer is called, the usual name last.
        language: Language of the interview.
    """
    return [
        Remark(seq, sentence, claim)
        for sentence in sentences(text, language)
        if not sentence.rstrip().endswith(("?", "？"))
        for claim in _claims(sentence, names, language)
    ]


def _claims(sentence: str, names: tuple[str, ...], language: str) -> Iterator[str]:
    """Yield the runs of clauses that speak of the employer, up to where the candidate comes in."""
    signs = employer_signs(language)
    cut = support_words(language).patterns["pieces"]
    run: list[str] = []
    about = False
    for clause in _clauses(signs["led_in"].sub("", sentence), cut):
        if signs["own"].search(clause):
            if about:
                yield _named("".join(run), names, signs)
            run, about = [], False
        else:
            run.append(clause)
            about = about or _is_about(clause, names, signs)
    if about:
        yield _named("".join(run), names, signs)


def _clauses(text: str, cut: re.Pattern[str]) -> Iterator[str]:
    start = 0
    for joint in cut.finditer(text):
        yield text[start : joint.end()]
        start = joint.end()
    yield text[start:]


def _is_about(clause: str, names: tuple[str, ...], signs: Mapping[str, re.Pattern[str]]) -> bool:
    low = clause.lower()
    if any(name.lower() in low for name in names):
        return True
    rest = signs["manner_of_speaking"].sub(" ", clause)
    return bool(signs["employer"].search(rest) or signs["possessive"].search(rest))


def _named(claim: str, names: tuple[str, ...], signs: Mapping[str, re.Pattern[str]]) -> str:
    """Return a claim with the employer's name for "you", as the research writes it."""
    name = names[-1]
    text = signs["possessive"].sub(f"{name}'s" if name.isascii() else name, claim)
    return " ".join(signs["employer"].sub(name, text).split()).rstrip(" ,;，；")


@cache
def employer_signs(language: str) -> Mapping[str, re.Pattern[str]]:
    """Return the signs of a language, from `employer.<lang>.toml`; English for others."""
    base = "zh" if language.startswith("zh") else "en"
    text = (resources.files(__package__) / f"employer.{base}.toml").read_text(encoding="utf-8")
    return {name: re.compile(p, re.IGNORECASE) for name, p in tomllib.loads(text).items()}

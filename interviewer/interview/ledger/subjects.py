"""What a figure counts, measures or dates: the part of the ledger that makes two comparable."""

from __future__ import annotations

import re

from interviewer.interview.ledger.figures import Figure
from interviewer.interview.ledger.signs import Signs
from interviewer.research.lexical import terms

# A sum of money that is said without its currency.
LEAST_SUM = 1000.0
_AFTER = re.compile(r"^[\s-]*((?:[A-Za-z][A-Za-z'-]*\s*){1,4})")


def subjects_of(figure: Figure, signs: Signs) -> frozenset[str]:
    """Return the sort of a figure, and names for what it is about where that can be told."""
    claim = figure.claim
    if claim.kind == "date":
        sort = "month" if claim.noun == "month" else "date"
        return frozenset({sort}) | _events(figure, signs)
    if figure.is_time:
        return _time(figure, signs)
    if claim.kind in ("share", "money"):
        return frozenset({claim.kind})
    if figure.high >= LEAST_SUM and (not claim.noun or signs.says("money", claim.sentence)):
        return frozenset({"money"})
    counted = {"count"}
    counted |= _chinese(figure, signs) if signs.language == "zh" else _english(figure, signs)
    if _is_team(figure, signs):
        counted.add("team")
    return frozenset(counted)


def _english(figure: Figure, signs: Signs) -> set[str]:
    match = _AFTER.match(figure.after)
    words: list[str] = []
    for word in match[1].lower().split() if match else ():
        if signs.says("noun_end", word):
            break
        words.append(word)
    plural = [w for w in words if re.search(r"(?<![su])s$|people|men$|children", w)]
    nouns = plural[:1] or words[:1]
    nouns += [figure.claim.noun] if figure.claim.noun else []
    return {"people" if noun in signs.people else signs.meaning(noun) for noun in nouns} - {""}


def _chinese(figure: Figure, signs: Signs) -> set[str]:
    noun = figure.claim.noun
    before = re.sub(signs.patterns["filling"].pattern + "$", "", figure.before)
    found = {signs.meaning(noun[:size]) for size in (4, 3, 2, 1) if noun[:size] in signs.same}
    found |= {signs.meaning(noun[at:]) for at in range(len(noun)) if noun[at:] in signs.same}
    if not found and not noun:
        found = {signs.meaning(before[-n:]) for n in (3, 2) if before[-n:] in signs.same}
    if noun in signs.people or noun == "person":
        found.add("people")
    elif not found and len(noun) >= 2:
        found = {noun[:2]}
    return found


def _is_team(figure: Figure, signs: Signs) -> bool:
    """Whether a figure is the size of a team."""
    noun, people = figure.claim.noun, signs.people
    others = bool(noun) and noun not in people and not noun.startswith("人")
    if signs.language == "zh" and others and not signs.says("team_noun", noun):
        return False
    if signs.says("team_of", figure.before) or signs.says("of_us", figure.after):
        return True
    if noun and noun not in people and signs.meaning(noun) not in people:
        return False
    if signs.says("we_were", figure.before) and (noun or not figure.after.strip(" .。")):
        return True
    return bool(noun) and signs.says("team", figure.clause)


def _events(figure: Figure, signs: Signs) -> frozenset[str]:
    """Return the event a date dates: named in its clause, or else the only one of its sentence."""
    for text in (figure.clause, figure.claim.sentence):
        named = frozenset(name for name, sign in signs.events.items() if sign.search(text))
        if named:
            return named if text is figure.clause or len(named) == 1 else frozenset()
    return frozenset()


def _time(figure: Figure, signs: Signs) -> frozenset[str]:
    names = ("took", "experience", "served")
    found = [name for name in names if signs.says(name, figure.clause)]
    return frozenset(["time", *found[:1]])


def around(figure: Figure) -> frozenset[str]:
    """Return what the sentence of a figure speaks of besides."""
    return terms(figure.claim.sentence.replace(figure.claim.text, " "))

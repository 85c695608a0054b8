"""Two claims that do not fit together: found with restraint, for a false alarm hurts more.

What is different is not yet a contradiction: teams grow, one works for two employers, a part is
counted and then the whole, figures are rounded. A pair is named only where both are said of the
same thing in the same place and nothing beside either tells of a change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interviewer.interview.ledger.entry import Contradiction, Entry

# Sorts of figures, which do not tell what is counted.
_SORTS = frozenset({"date", "month", "time", "share", "money", "count"})
# What two claims must have in common near them to be of the same thing, or in all that was said.
_ALIKE, _SAME_TOPIC, _NAMELESS = 2, 3, 4
_LOOSE = frozenset({"time", "share", "money"})
_COUNTS = frozenset({"count"})
_CROWD = frozenset({"people"})
_STANDING = frozenset({"join", "team"})
_ONCE = frozenset({"join", "leave", "graduate", "qualify", "promote"})
_DATES = frozenset({"date", "month"})
# Figures further apart than this are of two things.
_TIMES = 6.0
_APART = frozenset({"change", "part", "another"})


def lasts(entry: Entry) -> bool:
    """Return whether a claim is of somebody's own standing, wherever it is said.

    In an answer on a case, other figures are the case's.
    """
    return entry.kind in ("pay", "ownership") or bool(entry.about & ({"team"} | _ONCE))


def contradiction(entries: Sequence[Entry], newest: Sequence[Entry]) -> Contradiction | None:
    """Return the first claim of the newest answer that does not fit an earlier one.

    Args:
        entries: The claims of all answers before, oldest first.
        newest: The claims of the newest answer.
    """
    return next(contradictions(entries, newest), None)


def contradictions(entries: Sequence[Entry], newest: Sequence[Entry]) -> Iterator[Contradiction]:
    """Yield every claim that does not fit with the latest one it does not fit with."""
    for now in newest:
        same = [entry for entry in entries if comparable(entry, now)]
        # Who has said both already has told of the change, or is speaking of two things.
        if any(fits(entry, now) for entry in same):
            continue
        for before in reversed(same):
            if not any(_said_again(before, entry) for entry in newest if entry is not now):
                yield Contradiction(now.kind, before, now)
                break


def alike(before: Entry, now: Entry) -> bool:
    """Whether two claims are of the same kind of thing."""
    return before.kind == now.kind and bool(before.about & now.about) and _same_period(before, now)


def _said_again(before: Entry, entry: Entry) -> bool:
    """Whether the newest answer also says what was said before."""
    if not alike(before, entry) or not fits(before, entry):
        return False
    return entry.kind != "ownership" or bool(before.core & entry.core)


def comparable(before: Entry, now: Entry) -> bool:
    """Whether two claims are of the same thing and nothing tells of a change."""
    if not alike(before, now):
        return False
    if before.scope and now.scope and not before.scope & now.scope:
        return False
    if now.kind == "pay":
        return True
    if now.kind == "ownership":
        return before.owner != now.owner and _of_the_same_work(before, now)
    marks = (before.marks | now.marks) & _APART
    if now.about & {"date", "month", "share"}:
        marks -= {"change"}
    same = _of_a_size(before, now) and not _told_apart(before, now)
    return same and not marks and _of_the_same(before, now)


def _of_the_same_work(before: Entry, now: Entry) -> bool:
    """Whether two claims are of one piece of work: it is named, or only "it" in the same story."""
    near = before.terms & now.terms
    named = near & (before.core | now.core)
    bare = not (before.core and now.core)
    return bool(named) or (bool(near) and bare and _same_story(before, now))


def _same_story(before: Entry, now: Entry) -> bool:
    """Whether question and answer share words that people do not use everywhere."""
    return len(before.topic & now.topic) >= _ALIKE


def _told_apart(before: Entry, now: Entry) -> bool:
    """Whether words like "first" and "second" tell two things of a kind apart."""
    lines = {line for line, _ in before.apart} & {line for line, _ in now.apart}
    shared = {line for line, _ in before.apart & now.apart}
    return bool(lines - shared)


def _of_a_size(before: Entry, now: Entry) -> bool:
    least, most = sorted((before.low + before.high, now.low + now.high))
    return most <= least * _TIMES


def _of_the_same(before: Entry, now: Entry) -> bool:
    """Whether enough speaks for two figures being of the same thing."""
    one, two = before.about - _SORTS, now.about - _SORTS
    named = bool(one & two)
    if one and two and not named:
        return False
    if named and "standing" in before.marks & now.marks and one & two & _STANDING:
        return True
    near = len(before.terms & now.terms) + len(before.core & now.core)
    topic = len(before.topic & now.topic)
    if "team" in one & two:
        return True  # people speak of one team, unless they say otherwise
    if now.about & _DATES:
        # One joins a firm once; what was begun or put to use happens in every story.
        once = bool(one & two & _ONCE)
        return near >= (1 if once else _NAMELESS) or (once and topic >= _ALIKE)
    if now.about & _COUNTS:
        # What is counted stands near both, of course; something else must be the same besides.
        return named and (near >= _ALIKE or (topic >= _ALIKE and _whole(before, now, one & two)))
    if not named and "time" in now.about:
        return near >= _NAMELESS
    same_period = bool(_periods(before) & _periods(now))
    return named + near + same_period >= _ALIKE or (named and near + topic >= _SAME_TOPIC)


def _whole(before: Entry, now: Entry, counted: frozenset[str]) -> bool:
    """Whether the smaller of two counts is said of all there is; people are in every story."""
    smaller = min(before, now, key=lambda entry: entry.high)
    return "whole" in smaller.marks and bool(counted - _CROWD)


def _same_period(before: Entry, now: Entry) -> bool:
    """Whether two figures are counted over the same time, where that makes a difference."""
    if before.about & now.about & {"team", "people", "time"}:
        return True
    one, two = _periods(before), _periods(now)
    return one == two or ((now.kind == "pay" or "money" in now.about) and not (one and two))


def _periods(entry: Entry) -> frozenset[str]:
    return frozenset(mark for mark in entry.marks if mark.startswith("per_"))


def fits(before: Entry, now: Entry) -> bool:
    """Whether two claims of the same thing can both be true."""
    if now.kind == "ownership":
        return before.owner == now.owner
    overlap = before.low <= now.high and now.low <= before.high
    if now.kind != "pay" or overlap:
        return overlap
    # A lower figure, or one for something given in return, is how people come to terms.
    return "told" not in now.marks and (now.high < before.low or "counter" in now.marks)

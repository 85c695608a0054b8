"""Whether an answer is told in an order that can be followed. Pure.

Four signs, each known from work on coherence of texts: a story goes from its scene through what
was done to what came of it (SCIENCE 1.4); what leans on another does not open an answer;
whoever is "she" was named before; a thing is "a" thing before it is "the" thing. Each sign is held
against what would be seen of it if the same sentences stood in any order, so that an answer which
gives no sign of its order loses nothing by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from interviewer.reading.bearing import form_of
from interviewer.reading.cues import Cues, cues_for, folded
from interviewer.research.sentences import sentences

# Fewer sentences than these are cut at commas: people speak in clauses.
_FEW = 4
_SHORTEST = {"en": 9, "zh": 4}
# Where a sentence belongs in a story, among steps, and in an argument, by its signs; one that has
# several stands between.
_OF_STORIES = (
    ("tells_aftermath", 4), ("tells_outcome", 3), ("tells_scene", 0), ("tells_trouble", 1),
    ("act_own", 2),
)  # fmt: skip
_OF_ARGUMENTS = (
    ("tells_limit", 3), ("tells_further", 2), ("tells_ground", 1), ("tells_claim", 0),
)  # fmt: skip
_OF_STEPS = (("tells_last", 3), ("tells_next", 2), ("tells_first", 0), *_OF_ARGUMENTS)
_STAGES = {
    "past_behaviour": _OF_STORIES, "background": _OF_STORIES, "": _OF_STORIES,
    "situational": _OF_STEPS,
}  # fmt: skip
_SCENE, _OUTCOME = 0, 3
_HEADLINE = 0.5
# How much a sign weighs: the order of all stages tells more than one word that points back.
_BY_STAGE, _BY_OPENING, _BY_POINTER = 2.0, 1.0, 0.7
# The first sign is certain where stages lie so far apart, over all pairs of sentences.
_CERTAIN = 6
# What is held against the signs of a short answer: one alone may be chance.
_DOUBT = 1.0


@dataclass(frozen=True, slots=True)
class _Sign:
    """What one sign finds wrong, and what it would find on the average of all orders."""

    wrong: float
    by_chance: float


def disorder(turns: Sequence[str], language: str, *, question: str = "", kind: str = "") -> float:
    """Return how far an answer is from an order that can be followed.

    That is 0 where nothing speaks against its order, about a half and more where its sentences
    might as well stand in any other.

    Args:
        turns: What was said to one question, oldest first. Each is judged by itself: who is asked
            for more begins again.
        language: Language of the interview.
        question: The question; who and what is named in it needs no other naming.
        kind: Its type. A story is expected of past behaviour, steps of a situation; the answers to
            other questions have no order of their own.
    """
    cues = cues_for(language)
    asked = folded(question)
    stages = _STAGES.get(kind, _OF_ARGUMENTS)
    # Who introduces themselves tells no story unless it is set somewhere.
    if kind == "background" and not _sets_scene(turns, cues):
        stages = _OF_ARGUMENTS
    if not kind and form_of(question, kind, cues) != "past":
        stages = _OF_ARGUMENTS
    found = [
        sign
        for place, turn in enumerate(turns)
        for sign in _signs_in(_units(turn, cues), asked if place == 0 else None, stages, cues)
    ]
    by_chance = sum(sign.by_chance for sign in found)
    return min(1.0, sum(sign.wrong for sign in found) / (by_chance + _DOUBT))


def _sets_scene(turns: Sequence[str], cues: Cues) -> bool:
    scene = cues.patterns["tells_scene"]
    return any(scene.search(unit) for turn in turns for unit in _units(turn, cues))


def _units(turn: str, cues: Cues) -> list[str]:
    """Return the pieces whose order is looked at: sentences, or clauses where these are few."""
    said = [folded(sentence) for sentence in dict.fromkeys(sentences(turn, cues.language))]
    if len(said) >= _FEW:
        return said
    pieces = [piece.strip() for one in said for piece in cues.patterns["order_break"].split(one)]
    return [piece for piece in pieces if len(piece) >= _SHORTEST[cues.language]]


def _signs_in(
    units: Sequence[str], asked: str | None, stages: Sequence[tuple[str, int]], cues: Cues
) -> Iterator[_Sign]:
    """Yield the signs of one turn; `asked` is None for one that goes on with an earlier turn."""
    if len(units) < 2:
        return
    yield from _by_stage(units, stages, cues)
    if asked is None:
        return
    leaning = [cues.patterns["leans_back"].search(unit) is not None for unit in units]
    yield _Sign(_BY_OPENING * leaning[0], _BY_OPENING * sum(leaning) / len(units))
    if not cues.patterns["names_person"].search(asked):
        yield from _by_person(units, cues)
    yield from _by_thing(units, asked, cues)


def _by_stage(
    units: Sequence[str], stages: Sequence[tuple[str, int]], cues: Cues
) -> Iterator[_Sign]:
    """Yield whether what belongs later in a story or a row of steps stands later."""
    told: list[float] = []
    scene_set = False
    for unit in units:
        here = [at for name, at in stages if cues.patterns[name].search(unit)]
        # A second date is the next scene of the story and belongs anywhere.
        here = [at for at in here if at != _SCENE or not scene_set]
        scene_set = scene_set or _SCENE in here
        if here:
            told.append(fmean(here))
    # People say what came of it and then how it came about: the end told first is half a fault.
    headline = _HEADLINE if told[:1] == [_OUTCOME] else 1.0
    apart = [
        (b - a) * (1.0 if place else headline)
        for place, a in enumerate(told)
        for b in told[place + 1 :]
        if a != b
    ]
    if apart:
        far = sum(map(abs, apart))
        against = -sum(gap for gap in apart if gap < 0) / far
        weight = _BY_STAGE * min(1.0, far / _CERTAIN)
        yield _Sign(weight * against, weight / 2)


def _by_person(units: Sequence[str], cues: Cues) -> Iterator[_Sign]:
    """Yield for each "she" or "they" whether anybody was named before."""
    names = [cues.patterns["names_person"].search(unit) for unit in units]
    for place, unit in enumerate(units):
        meant = cues.patterns["stands_for_person"].search(unit)
        here = names[place]
        if meant is None or (here is not None and here.start() < meant.start()):
            continue
        yield from _pointing(place, [at for at, name in enumerate(names) if name and at != place])


def _by_thing(units: Sequence[str], asked: str, cues: Cues) -> Iterator[_Sign]:
    """Yield for each "the" thing that is "a" thing elsewhere whether that stands before."""
    new = [_things("brings_up", unit, cues) for unit in units]
    for place, unit in enumerate(units):
        for thing in sorted(_things("takes_up", unit, cues) - new[place]):
            if thing not in asked:
                yield from _pointing(place, [at for at, found in enumerate(new) if thing in found])


def _pointing(place: int, named: Sequence[int]) -> Iterator[_Sign]:
    """Yield whether what a word points to stands before it, where it stands anywhere."""
    if named:
        # In any order the pointer is first of them all once in so many times.
        missed = not any(at < place for at in named)
        yield _Sign(_BY_POINTER * missed, _BY_POINTER / (len(named) + 1))


def _things(name: str, unit: str, cues: Cues) -> frozenset[str]:
    """Return what is brought up or taken up: in Chinese the pairs of characters of a phrase.

    In English what is new ends its phrase; a verb may follow what is taken up.
    """
    found: set[str] = set()
    end = cues.patterns["phrase_end"]
    for match in cues.patterns[name].finditer(unit):
        chinese = cues.language == "zh"
        kept: list[str] = []
        for word in match[1].rpartition("的")[2] if chinese else match[1].split():
            if end.match(word):
                break
            kept.append(word.partition("'")[0])
        if chinese:
            found.update("".join(kept[at : at + 2]) for at in range(len(kept) - 1))
        else:
            found.update(kept[-1:] if name == "brings_up" else kept)
    return frozenset(thing for thing in found if not cues.patterns["no_thing"].match(thing))

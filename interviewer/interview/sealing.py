"""What is kept back in an interview, from the content files its plan was made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from interviewer.content.company import Pay
from interviewer.content.ladder import Listed
from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.interview.debriefing import Practice, practice_of
from interviewer.interview.difficulty import difficulty_of
from interviewer.interview.plan import Plan
from interviewer.interview.sealed import Points, Sealed
from interviewer.interview.teaching import DEFLECT
from interviewer.interview.written.key import keys_of


def sealing(library: Library) -> Callable[[Plan], Sealed]:
    """Return what tells a plan's secrets; nothing is kept back where the pack is gone."""

    def seal(plan: Plan) -> Sealed:
        pack = library.packs.get(plan.company)
        post = pack.company.post(plan.post) if pack else None
        pay = post.pay if post else None
        return Sealed(
            pay=_by_difficulty(pay, plan.difficulty),
            points=_points(library, plan),
            keys=keys_of(library, plan),
            practice=_practice(library, plan),
        )

    return seal


def _practice(library: Library, plan: Plan) -> Practice | None:
    """Return what improper questions are put with, where they were chosen and the files are."""
    if plan.conduct != DEFLECT:
        return None
    try:
        return practice_of(library, plan.country, plan.language)
    except InputError:
        return None


def _by_difficulty(pay: Pay | None, difficulty: str) -> Pay | None:
    """Return pay with the boss one step firmer in a hard interview, softer in an easy one."""
    firmness = difficulty_of(difficulty).firmness
    if pay is None or not firmness:
        return pay
    styles = ("firm", "fair", "generous")
    place = min(max(styles.index(pay.style) - firmness, 0), len(styles) - 1)
    return pay.model_copy(update={"style": styles[place]})


def _points(library: Library, plan: Plan) -> Mapping[str, Points]:
    """Return what good answers hold, by item, for a ladder by item and step."""
    language = plan.language
    held: dict[str, Points] = {}
    # Every turn asks, and few of all ladders are planned.
    planned = {item.id for part in plan.rounds for item in part.items}
    for part in plan.rounds:
        for file in library.ladders.values():
            at = f"{part.id}.{file.id}"
            for ladder in file.ladders:
                if f"{at}.{ladder.id}" in planned:
                    for rung in ladder.rungs:
                        held[f"{at}.{ladder.id}:{rung.step}"] = _in(rung.points, language)
            for entry in file.task_entries:
                if f"{at}.{entry.id}" in planned:
                    held[f"{at}.{entry.id}"] = _in(entry.points, language)
        for item in part.items:
            rubric = library.rubrics.get(item.competency or "")
            if rubric is not None and rubric.points:
                held.setdefault(item.id, _in([p.says for p in rubric.points], language))
    return MappingProxyType(held)


def _in(points: Sequence[Listed], language: str) -> Points:
    return tuple(point[language] for point in points if language in point)

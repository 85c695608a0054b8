"""Deflection practice as pages: nothing of it is kept, so each page carries what was said so far.

It is carried in the form, never in the address, where it would stay in the browser's history.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from interviewer.content.lawful import COUNTRIES
from interviewer.errors import InputError
from interviewer.interview.debriefing import MOST_QUESTIONS, Practice, practice_of
from interviewer.interview.planning import in_language
from interviewer.ui.desk import Desk
from interviewer.ui.pages.asking import Asking, asking, filled_in, sending, text_of
from interviewer.ui.pages.drawing import page
from interviewer.ui.visitors import Visitors
from interviewer.ui.words import words_for

LONGEST_REPLY = 2_000
LONGEST_WISH = 200
_SEEDS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form brings, before it is checked against the content.

    Attributes:
        country: Whose rules are told.
        language: Of the practice.
        count: How many questions are asked.
        seed: Which ones.
        protect: What the candidate wishes to keep to themselves.
        agreed: Whether they chose to hear such questions, in this run.
        said: Their replies so far, oldest first.
    """

    country: str = ""
    language: str = ""
    count: int = MOST_QUESTIONS
    seed: int = 0
    protect: str = ""
    agreed: bool = False
    said: tuple[str, ...] = ()


class DeflectPages:
    """The page `/deflect`: its start, a question, what is said to a reply, and the end."""

    def __init__(self, desk: Desk, visitors: Visitors) -> None:
        """Keep what the pages ask."""
        self._desk = desk
        self._visitors = visitors

    async def start(self, request: Request) -> Response:
        """Show what the practice is, and what it asks to be allowed."""
        who = asking(request, self._visitors)
        asked = request.query_params
        return self._start(who, Filled(asked.get("country", ""), asked.get("language", "")))

    async def go_on(self, request: Request) -> Response:
        """Show the next question, what is said to the reply just given, or the end."""
        who = sending(request, self._visitors)
        async with filled_in(request, who.words) as form:
            filled, state = _filled(form, who), _state(form)
        practice = practice_of(self._desk.library, filled.country, filled.language)
        if not filled.agreed:
            return self._start(who, filled, who.words["deflect_agree_needed"])
        asked = practice.chosen(filled.seed, filled.count)
        if len(filled.said) > len(asked):
            raise InputError(who.words["deflect_unreadable"])
        told = [
            practice.debriefing(question, reply, filled.protect)
            for question, reply in zip(asked, filled.said, strict=False)
        ]
        if state == "asked" and len(told) == len(asked):
            state = "over"
        values = {
            **_shown(practice),
            "filled": filled,
            "asked": asked,
            "told": told,
            "state": state,
            "most": LONGEST_REPLY,
        }
        spoken = Asking(who.visitor, practice.language, words_for(practice.language))
        return page("deflect", spoken, values)

    def _start(self, who: Asking, filled: Filled, fault: str = "") -> Response:
        library = self._desk.library
        countries = library.lawful.countries
        values = {
            "at": "prepare",
            "employer": None,
            "state": "start",
            "fault": fault,
            "filled": filled,
            "chosen_language": filled.language or who.language,
            "countries": [
                (name, in_language(countries[name].name, who.language))
                for name in COUNTRIES
                if name in countries
            ],
            "languages": [tag for tag in library.languages if tag in library.deflection],
            "counts": range(1, MOST_QUESTIONS + 1),
            "longest_wish": LONGEST_WISH,
        }
        return page("deflect", who, values, status=400 if fault else 200)


def _shown(practice: Practice) -> dict[str, object]:
    return {
        "at": "prepare",
        "employer": None,
        "practice": practice,
        "bank": practice.words,
        "notice": practice.lesson.notice,
    }


def _state(form: FormData) -> str:
    """Return what a form asks for: the next question, a word on the reply it brings, the end."""
    if text_of(form, "stop"):
        return "over"
    return "told" if "reply" in form else "asked"


def _filled(form: FormData, who: Asking) -> Filled:
    """Return what a form brings.

    Raises:
        InputError: Nobody can have filled it in so, or something in it is too long.
    """
    count, seed = text_of(form, "count"), text_of(form, "seed")
    said = [value for value in form.getlist("said") if isinstance(value, str)]
    if "reply" in form and not text_of(form, "stop"):
        said.append("" if text_of(form, "silent") else text_of(form, "reply").strip())
    protect = text_of(form, "protect").strip()
    if any(len(text) > LONGEST_REPLY for text in said) or len(protect) > LONGEST_WISH:
        raise InputError(who.words["deflect_too_long"].format(most=LONGEST_REPLY))
    counts = [str(number) for number in range(1, MOST_QUESTIONS + 1)]
    if count not in counts or (seed and not _is_number(seed)):
        raise InputError(who.words["deflect_unreadable"])
    return Filled(
        country=text_of(form, "country"),
        language=text_of(form, "language"),
        count=int(count),
        seed=int(seed) if seed else secrets.randbelow(_SEEDS),
        protect=protect,
        agreed=text_of(form, "agreed") == "1",
        said=tuple(said),
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < len(str(_SEEDS))

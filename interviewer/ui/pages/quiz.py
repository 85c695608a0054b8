"""The quiz, one question a page: where it stands is in the address, so a reload loses nothing."""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from interviewer.interview.quiz import QuizRun
from interviewer.ui.pages.asking import asking
from interviewer.ui.pages.drawing import page
from interviewer.ui.study import Study
from interviewer.ui.visitors import Visitors
from interviewer.wiring import employer_names

_SEEDS = 1_000_000


class QuizPages:
    """The pages below `/prepare/<employer>/quiz`."""

    def __init__(self, study: Study, visitors: Visitors) -> None:
        """Keep what the pages ask."""
        self._study = study
        self._visitors = visitors

    async def quiz(self, request: Request) -> Response:
        """Show a question, what decides the one just answered, or the result."""
        who = asking(request, self._visitors)
        company = str(request.path_params["company"])
        pack = self._study.collection.pack(who.visitor, company)
        asked = request.query_params
        language = asked.get("language") or pack.company.languages[0]
        seed, given, choice = asked.get("seed", ""), asked.get("given", ""), asked.get("choice")
        if not (seed.isascii() and seed.isdigit() and len(seed) < 10):
            return _to(company, language, secrets.randbelow(_SEEDS), "", "")
        if choice is not None:
            return _to(company, language, int(seed), given + choice, "&checked=1")
        run = await self._study.quiz(
            who.visitor, company, language=language, seed=int(seed), choices=given
        )
        checked = asked.get("checked") == "1" and bool(run.given)
        passages = await self._study.collection.passages(who.visitor, company)
        values = {
            "at": "prepare",
            "employer": (company, employer_names(self._study.collection.desk.library)[company]),
            "company": company,
            "asked_language": language,
            "seed": seed,
            "given": given,
            "run": run,
            "state": _state(run, checked=checked),
            "passages": {passage.id: passage for passage in passages},
        }
        return page("quiz", who, values)


def _state(run: QuizRun, *, checked: bool) -> str:
    if not run.items:
        return "none"
    if checked:
        return "checked"
    return "over" if len(run.given) == len(run.items) else "asked"


def _to(company: str, language: str, seed: int, given: str, more: str) -> RedirectResponse:
    address = f"/prepare/{company}/quiz?language={language}&seed={seed}&given={given}{more}"
    return RedirectResponse(address, status_code=303)

"""The studio's pages of one version: listening to it, trying it, publishing it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from interviewer.content.copies import Piece
from interviewer.content.library import Library
from interviewer.studio.preview import Shown, Stage
from interviewer.studio.setting import setting_for
from interviewer.ui.pages.asking import Asking, asking, filled_in, sending, text_of
from interviewer.ui.pages.drawing import page
from interviewer.ui.pages.studio import (
    address,
    called,
    number_of,
    owner_of,
    piece_of,
    usual,
)
from interviewer.ui.studio import SHIPPED
from interviewer.ui.trials import TrialRoom
from interviewer.ui.visitors import Visitors


class StudioTrialPages:
    """The pages below a version of a file."""

    def __init__(self, room: TrialRoom, visitors: Visitors) -> None:
        """Keep what the pages ask."""
        self._room = room
        self._desk = room.desk
        self._studio = room.studio
        self._visitors = visitors

    async def preview(self, request: Request) -> Response:
        """Show what the examiner says now and with a version, in the built-in voice."""
        return await self._preview(request, asking(request, self._visitors), "")

    async def preview_with(self, request: Request) -> Response:
        """Show the same in the words of a model; choosing it on the form is the consent."""
        who = sending(request, self._visitors)
        async with filled_in(request, who.words) as form:
            model = text_of(form, "model")
        return await self._preview(request, who, model)

    async def evaluate(self, request: Request) -> Response:
        """Try a version against the current one, while its author goes on."""
        who = sending(request, self._visitors)
        owner, piece, number = self._asked(request, who)
        await self._room.begin(owner, piece, number, who.language)
        return RedirectResponse(f"{address(piece)}/versions/{number}/trial", status_code=303)

    async def trial(self, request: Request) -> Response:
        """Show how far a trial is; when it is done, the version with what was found."""
        who = asking(request, self._visitors)
        owner, piece, number = self._asked(request, who)
        shown = self._room.under_way(owner)
        if shown is None or (shown.piece, shown.number) != (piece, number):
            if request.query_params.get("asks"):
                return HTMLResponse("", headers={"Cache-Control": "no-store"})
            return RedirectResponse(f"{address(piece)}/versions/{number}#verdict", status_code=303)
        values = {"shown": shown, "here": f"{address(piece)}/versions/{number}"}
        return page("studio_trial", who, {**usual(), **values})

    async def publish(self, request: Request) -> Response:
        """Let a version be chosen for interviews."""
        who = sending(request, self._visitors)
        owner, piece, number = self._asked(request, who)
        async with filled_in(request, who.words) as form:
            reason = text_of(form, "reason")
        await self._studio.publish(owner, piece, number, reason)
        return RedirectResponse(f"{address(piece)}/versions/{number}#verdict", status_code=303)

    async def withdraw(self, request: Request) -> Response:
        """Let no version of a file be chosen any more."""
        who = sending(request, self._visitors)
        owner, piece = owner_of(self._desk, who), piece_of(request, self._studio)
        await self._studio.kept.withdraw(owner, piece)
        return RedirectResponse(address(piece), status_code=303)

    async def _preview(self, request: Request, who: Asking, model: str) -> Response:
        owner, piece, number = self._asked(request, who)
        before, now = await self._studio.both(owner, piece, number)
        wanted = request.query_params.get("language", "")
        language = wanted if wanted in before.languages else who.language
        sides = [
            await self._side(who, content, piece, language, model, _changed(piece, before, now))
            for content in (before, now)
        ]
        values = {
            "here": address(piece),
            "called": called(piece, self._desk, who),
            "piece": piece,
            "number": number,
            "shipped_number": SHIPPED,
            "rows": _rows(*(said for said, _ in sides)),
            "outlines": [outline for _, outline in sides] if piece.kind == "format" else [],
            "language": piece.language or language,
            "languages": () if piece.language else before.languages,
            "offered": await self._desk.offered(who.visitor),
            "model": model,
        }
        return page("studio_preview", who, {**usual(), **values})

    async def _side(
        self, who: Asking, content: Library, piece: Piece, language: str, model: str, question: str
    ) -> tuple[tuple[Shown, ...], object]:
        setting = setting_for(content, piece, language, self._desk.shared_employers())
        passages = await asyncio.to_thread(self._desk.research.passages, setting.company)
        stage = Stage(content, setting, passages, question)
        voice = self._desk.voice(who.visitor, model, content) if model else None
        outline = await asyncio.to_thread(stage.outline) if piece.kind == "format" else ()
        return await stage.said(voice), outline

    def _asked(self, request: Request, who: Asking) -> tuple[str, Piece, int]:
        """Return whose version of which file is asked for."""
        number = number_of(str(request.path_params["number"]), -1)
        return owner_of(self._desk, who), piece_of(request, self._studio), number


def _changed(piece: Piece, before: Library, now: Library) -> str:
    """Return the first question of a competency that is another one now, empty for none."""
    if piece.kind != "rubric":
        return ""
    known = {question.id: question for question in before.rubrics[piece.name].questions}
    questions = now.rubrics[piece.name].questions
    return next((q.id for q in questions if known.get(q.id) != q), "")


def _rows(before: tuple[Shown, ...], now: tuple[Shown, ...]) -> list[tuple[Shown, Shown]]:
    """Return what is said on both sides, by kind; a side without it says nothing."""
    by_kind = {shown.kind: shown for shown in before}
    return [(by_kind.get(shown.kind, replace(shown, said="")), shown) for shown in now]

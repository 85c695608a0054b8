"""The studio's pages: what can be edited, one file with its versions, two of them side by side."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from interviewer.content.copies import Piece
from interviewer.errors import ConversationError, InputError
from interviewer.evaluation.wording import LANGUAGES, wording
from interviewer.interview.planning import in_language
from interviewer.people.access import may_edit_content
from interviewer.people.accounts import NOBODY
from interviewer.studio.lint import BLOCKING, Note
from interviewer.studio.versions import (
    LONGEST_NOTE,
    LONGEST_REASON,
    LONGEST_TEXT,
    SHORTEST_REASON,
    Version,
)
from interviewer.ui.desk import Desk
from interviewer.ui.pages.asking import Asking, asking, filled_in, sending, text_of
from interviewer.ui.pages.drawing import page
from interviewer.ui.studio import SHIPPED, Opened, Studio
from interviewer.ui.trials import TrialRoom
from interviewer.ui.visitors import Visitors

ALL = "all"
"""What an address says for a file in all languages."""
# A character takes nine in a form at most; the rest is for the other fields.
_MOST = 9 * LONGEST_TEXT + 20_000


class StudioPages:
    """The pages under `/studio`: list, editor, difference."""

    def __init__(self, room: TrialRoom, visitors: Visitors) -> None:
        """Keep what the pages ask."""
        self._room = room
        self._desk = room.desk
        self._studio = room.studio
        self._visitors = visitors

    async def files(self, request: Request) -> Response:
        """Show what can be edited, and what was."""
        who = asking(request, self._visitors)
        owner = owner_of(self._desk, who)
        newest = {version.piece: version for version in await self._studio.kept.newest(owner)}
        published = {v.piece for v in await self._studio.kept.published(owner)}
        groups = {
            kind: [self._entry(p, who, newest, published) for p in pieces]
            for kind, pieces in self._grouped().items()
        }
        entries = [entry for group in groups.values() for entry in group]
        mine = [entry for entry in entries if entry["newest"]]
        return page("studio", who, {**usual(), "groups": groups, "mine": mine})

    async def editor(self, request: Request) -> Response:
        """Show a file to edit: the newest version, or the one the address names."""
        who = asking(request, self._visitors)
        found = await self._opened(request, who)
        newest = found.versions[0].number if found.versions else SHIPPED
        number = number_of(request.query_params.get("version", ""), newest)
        return await self._editor(who, found, found.text(number))

    async def save(self, request: Request) -> Response:
        """Keep what was edited as the newest version."""
        who = sending(request, self._visitors)
        owner, piece = owner_of(self._desk, who), self._piece(request)
        async with filled_in(request, who.words, most=_MOST) as form:
            text, note = text_of(form, "text"), text_of(form, "note")
        try:
            await self._studio.kept.add(owner, piece, text, note)
        except (InputError, ConversationError) as error:
            found = await self._studio.opened(owner, piece)
            return await self._editor(who, found, text[:LONGEST_TEXT], fault=str(error), note=note)
        return RedirectResponse(f"{address(piece)}?saved", status_code=303)

    async def look(self, request: Request) -> Response:
        """Return what is wrong with a text that is being typed, for the page to show."""
        who = sending(request, self._visitors)
        owner, piece = owner_of(self._desk, who), self._piece(request)
        async with filled_in(request, who.words, most=_MOST) as form:
            text = text_of(form, "text")
        try:
            notes = await self._studio.notes(owner, piece, text)
        except InputError as error:
            notes = (Note("fault", None, str(error)),)
        return page("studio_notes", who, {**usual(), **looked_at(notes)})

    async def version(self, request: Request) -> Response:
        """Show what is different between two versions, and what can be done with the one."""
        who = asking(request, self._visitors)
        owner, found = owner_of(self._desk, who), await self._opened(request, who)
        number = number_of(str(request.path_params["number"]), -1)
        current = found.current
        usually = current.number if current and current.number != number else SHIPPED
        against = number_of(request.query_params.get("against", ""), usually)
        lines = await self._studio.difference(owner, found.piece, number, against)
        values = {
            **usual(),
            **self._file(found, who),
            "chosen": self._version(found, number),
            "number": number,
            "against": against,
            "lines": lines,
            "here_of": address,
            "going": self._room.under_way(owner),
            "failed": self._room.failed(owner),
            "about": wording(who.language if who.language in LANGUAGES else "en").about,
            "longest_reason": LONGEST_REASON,
            "shortest_reason": SHORTEST_REASON,
            **looked_at(await self._studio.notes(owner, found.piece, found.text(number))),
        }
        return page("studio_version", who, values)

    async def back(self, request: Request) -> Response:
        """Make an earlier version the newest."""
        who = sending(request, self._visitors)
        owner, piece = owner_of(self._desk, who), self._piece(request)
        async with filled_in(request, who.words) as form:
            number = number_of(text_of(form, "number"), -1)
        words = who.words["studio_shipped"] if number == SHIPPED else str(number)
        note = who.words["studio_back_note"].format(version=words)
        await self._studio.back_to(owner, piece, number, note)
        return RedirectResponse(f"{address(piece)}?saved", status_code=303)

    async def delete(self, request: Request) -> Response:
        """Delete all versions of a file."""
        who = sending(request, self._visitors)
        await self._studio.kept.delete(owner_of(self._desk, who), self._piece(request))
        return RedirectResponse("/studio", status_code=303)

    async def _editor(
        self, who: Asking, found: Opened, text: str, *, fault: str = "", note: str = ""
    ) -> Response:
        owner = owner_of(self._desk, who)
        try:
            notes = await self._studio.notes(owner, found.piece, text)
        except InputError as error:
            notes = (Note("fault", None, str(error)),)
        values = {
            **usual(),
            **self._file(found, who),
            **looked_at(notes),
            "text": text,
            "note": note,
            "fault": fault,
            "longest": LONGEST_TEXT,
            "longest_note": LONGEST_NOTE,
        }
        return page("studio_edit", who, values, status=400 if fault else 200)

    async def _opened(self, request: Request, who: Asking) -> Opened:
        return await self._studio.opened(owner_of(self._desk, who), self._piece(request))

    def _piece(self, request: Request) -> Piece:
        return piece_of(request, self._studio)

    def _file(self, found: Opened, who: Asking) -> dict[str, object]:
        return {
            "found": found,
            "here": address(found.piece),
            "called": self._called(found.piece, who),
            "shipped_number": SHIPPED,
        }

    def _version(self, found: Opened, number: int) -> Version | None:
        return next((version for version in found.versions if version.number == number), None)

    def _grouped(self) -> dict[str, list[Piece]]:
        groups: dict[str, list[Piece]] = {"personas": [], "rubrics": [], "formats": []}
        for piece in self._studio.pieces():
            group = {"rubric": "rubrics", "format": "formats"}.get(piece.kind, "personas")
            groups[group].append(piece)
        return groups

    def _entry(
        self, piece: Piece, who: Asking, newest: dict[Piece, Version], published: set[Piece]
    ) -> dict[str, object]:
        return {
            "piece": piece,
            "address": address(piece),
            "called": self._called(piece, who),
            "newest": newest.get(piece),
            "published": piece in published,
        }

    def _called(self, piece: Piece, who: Asking) -> str:
        return called(piece, self._desk, who)


def owner_of(desk: Desk, who: Asking) -> str:
    """Return whose copies somebody edits: their own.

    Raises:
        InputError: They may edit none.
    """
    role = who.account.role if who.account else None
    if not may_edit_content(role, alone=desk.alone):
        raise InputError(who.words["studio_closed"])
    return who.account.name if who.account else NOBODY


def piece_of(request: Request, studio: Studio) -> Piece:
    """Return the file that an address names.

    Raises:
        NotThereError: There is none.
    """
    kind, name, language = (str(request.path_params[n]) for n in ("kind", "name", "language"))
    return studio.piece(kind, name, "" if language == ALL else language)


def address(piece: Piece) -> str:
    """Return where a file is edited."""
    return f"/studio/{piece.kind}/{quote(piece.name)}/{piece.language or ALL}"


def called(piece: Piece, desk: Desk, who: Asking) -> str:
    """Return what a persona, a competency or a format is called on the screen."""
    library = desk.library
    if piece.kind == "rubric":
        return in_language(library.rubrics[piece.name].name, who.language)
    if piece.kind == "format":
        return in_language(library.formats[piece.name].name, who.language)
    return in_language(library.personas[piece.name].about.title, who.language)


def looked_at(notes: tuple[Note, ...]) -> dict[str, object]:
    """Return what a page shows of what is wrong."""
    return {"notes": notes, "blocking": BLOCKING}


def number_of(text: str, usual: int) -> int:
    """Return the number of a version, the usual one for a text that is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else usual


def usual() -> dict[str, object]:
    """Return what every page of the studio says of itself."""
    return {"at": "studio", "employer": None}

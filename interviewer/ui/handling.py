"""What happens on each event: ask the desk, and say what the page shows now.

Every handler proves anew whose interview it is asked about. Whatever goes wrong becomes a note on
the page; nothing that was typed is lost.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import gradio as gr

from interviewer.errors import ConversationError, InterviewerError, StaleTurnError
from interviewer.interview.difficulty import USUAL
from interviewer.interview.length import USUAL as USUAL_LENGTH
from interviewer.interview.papers import paper_text
from interviewer.interview.session import stage_of
from interviewer.interview.teaching import STRICT
from interviewer.interview.wishing import USUAL_FORMAT
from interviewer.interview.written.handing_in import is_open
from interviewer.models.naming import BUILTIN
from interviewer.transcript import Transcript
from interviewer.ui import drawing
from interviewer.ui.admission import Visit
from interviewer.ui.desk import Desk
from interviewer.ui.home import EXAM, FIRST, Home
from interviewer.ui.judging import JudgingRoom
from interviewer.ui.parts import Parts, Update
from interviewer.ui.showing import Showing
from interviewer.ui.view import room_view
from interviewer.ui.visitors import Visitors
from interviewer.ui.words import Words, preferred, words_for

log = logging.getLogger(__name__)


class Handlers:
    """The page's events."""

    def __init__(self, desk: Desk, parts: Parts, visitors: Visitors, judges: JudgingRoom) -> None:
        """Keep what the events ask."""
        self.desk = desk
        self.parts = parts
        self.visitors = visitors
        self.home = Home(desk, parts)
        self.showing = Showing(desk, parts, judges)

    async def open(
        self, session: str, asked: str | None, request: gr.Request
    ) -> AsyncIterator[Update]:
        """Show what the address names: the start page, the room, or the report."""
        words = self._screen_words(request)
        if not session:
            yield await self._home(words, request, asked=asked or "")
            return
        try:
            transcript = await self.desk.open(session, self._visitor(request))
        except InterviewerError:
            yield await self._home(words, request, note=words["not_yours"])
            return
        yield await self.showing.shown(session, transcript, self._visitor(request))
        if stage_of(transcript).waiting == "examiner":
            async for update in self._reply(session, transcript, request):
                yield update

    async def begin(
        self,
        company: str | None,
        post: str | None,
        language: str | None,
        speaker: str | None,
        form: str | None,
        length: str | None,
        manner: str | None,
        difficulty: str | None,
        occasion: str | None,
        written: str | None,
        taught: str | None,
        cv: str | None,
        advert: str | None,
        since: bool | None,
        copies: list[str] | None,
        request: gr.Request,
    ) -> AsyncIterator[Update]:
        """Settle a new interview and show its room, before anybody has spoken."""
        words = self._screen_words(request)
        visitor = self._visitor(request)
        parts = self.parts
        if visitor is None:
            yield {parts.note: drawing.draw_note(words["trouble"])}
            return
        yield {
            parts.note: drawing.draw_note(words["preparing"]),
            parts.begin: gr.update(interactive=False),
        }
        # What is chosen of improper questions holds for this interview and is kept nowhere else.
        conduct, _, country = (taught or STRICT).partition(":")
        wanted = [str(name) for name in copies] if isinstance(copies, list) else []
        try:
            content = await self.desk.editions.chosen(self.desk.copies_of(visitor), wanted)
            session = await self.desk.begin(
                visitor, company=company or "", role=post or "", language=language,
                cv=cv or "", advert=advert or "", model=speaker or BUILTIN,
                format_id=form or USUAL_FORMAT, length=length or USUAL_LENGTH,
                manner=manner or "",
                difficulty=difficulty or USUAL, practice=occasion != EXAM,
                written=written == FIRST, conduct=conduct, country=country, since=bool(since),
                content=content,
            )  # fmt: skip
            transcript = await self.desk.open(session, visitor)
        except InterviewerError as error:
            yield {
                parts.note: drawing.draw_note(str(error)),
                parts.begin: gr.update(interactive=True),
            }
            return
        yield {
            **await self.showing.shown(session, transcript, visitor, busy=True),
            parts.begin: gr.update(interactive=True),
        }

    async def send(
        self,
        session: str,
        text: str | None,
        seen: str | None,
        again: str | None,
        request: gr.Request,
    ) -> AsyncIterator[Update]:
        """Commit an answer, show it at once, then let the examiner speak.

        `again` is the number of the last answer where this one is to stand in for it.
        """
        if not (text or "").strip():
            words = await self._room_words(session, request)
            yield {self.parts.note: drawing.draw_note(words["empty"])}
            return
        async for update in self._answer(session, str(text), seen, request, again=again):
            yield update

    async def say_nothing(
        self, session: str, seen: str | None, request: gr.Request
    ) -> AsyncIterator[Update]:
        """Commit an empty answer."""
        async for update in self._answer(session, "", seen, request):
            yield update

    async def ask_hint(
        self, session: str, seen: str | None, request: gr.Request
    ) -> AsyncIterator[Update]:
        """Ask for a hint in the candidate's name; what is being typed stays in its box."""
        words = await self._room_words(session, request)
        async for update in self._answer(session, words["hint_asked"], seen, request, kept=True):
            yield update

    async def stop(self, session: str, request: gr.Request) -> object:
        """Cut a model short that is speaking; its turn ends in the stream that shows it."""
        try:
            await self.desk.stop(session, self._visitor(request))
        except InterviewerError as error:
            log.info("Nothing to cut short: %s", error)
        return gr.update(interactive=False)

    async def go_on(self, session: str, request: gr.Request) -> AsyncIterator[Update]:
        """Let the examiner speak: the first greeting, or that of the next round."""
        words = self._screen_words(request)
        if not session:
            yield {self.parts.session: ""}
            return
        try:
            transcript = await self.desk.open(session, self._visitor(request))
        except InterviewerError:
            yield await self._home(words, request, note=words["not_yours"])
            return
        async for update in self._reply(session, transcript, request):
            yield update

    def choose_company(self, company: str, request: gr.Request) -> tuple[object, object]:
        """Offer the posts and languages of an employer."""
        posts, tongue = self.home.offered(company, self._visitor(request))
        first = posts[0][1] if posts else None
        return gr.update(choices=posts, value=first), gr.update(value=tongue)

    async def offer_start(
        self, company: str | None, post: str | None, request: gr.Request
    ) -> tuple[object, object]:
        """Offer to start from what was missing in the last interview for the post."""
        words, parts = self._screen_words(request), self.parts
        update = await self.home.start(words, self._visitor(request), company or "", post or "")
        return update[parts.since], update[parts.since_hint]

    def upload(self, file: str | None, request: gr.Request) -> tuple[object, str]:
        """Put a paper's text into its box; the upload itself is deleted at once."""
        words = self._screen_words(request)
        if not file:
            return gr.update(), ""
        path = Path(file)
        try:
            text = paper_text(path.read_bytes(), path.name, "file")
        except InterviewerError as error:
            return gr.update(), drawing.draw_note(str(error))
        except OSError:
            return gr.update(), drawing.draw_note(words["trouble"])
        finally:
            path.unlink(missing_ok=True)
        return gr.update(value=text), drawing.draw_note(words["uploaded"])

    async def _answer(
        self,
        session: str,
        text: str,
        seen: str | None,
        request: gr.Request,
        *,
        kept: bool = False,
        again: str | None = None,
    ) -> AsyncIterator[Update]:
        """Commit an answer to what this window shows; where it has moved on, show that."""
        visitor = self._visitor(request)
        if self.desk.admission.refuses(visitor):
            # Refused before anything is kept: what was typed stays in its box.
            words = await self._room_words(session, request)
            yield {self.parts.note: drawing.draw_note(words["crowded"])}
            return
        async with self.desk.admission.visit(visitor) as visit:
            try:
                transcript = await self.desk.answer(
                    session, visitor, text, _number(seen), retakes=_number(again)
                )
            except ConversationError:
                words = await self._room_words(session, request)
                yield await self._as_it_stands(session, request, words["stale"])
                return
            except InterviewerError as error:
                yield {self.parts.note: drawing.draw_note(str(error))}
                return
            update = await self.showing.shown(session, transcript, visitor, busy=True)
            yield update if kept else {**update, self.parts.answer: gr.update(value="")}
            async for update in self._speak(session, transcript, request, visit):
                yield update

    async def _reply(
        self, session: str, transcript: Transcript, request: gr.Request
    ) -> AsyncIterator[Update]:
        """Let the examiner speak, whose turn it is."""
        visitor = self._visitor(request)
        if self.desk.admission.refuses(visitor):
            words = words_for(transcript.interview.language or "en")
            yield await self._as_it_stands(session, request, words["crowded"])
            return
        async with self.desk.admission.visit(visitor) as visit:
            async for update in self._speak(session, transcript, request, visit):
                yield update

    async def _speak(
        self, session: str, transcript: Transcript, request: gr.Request, visit: Visit
    ) -> AsyncIterator[Update]:
        """Stream the turn once it is called; the page is drawn anew when it is whole."""
        visitor = self._visitor(request)
        if is_open(stage_of(transcript)):
            yield await self.showing.shown(
                session, transcript, visitor
            )  # nobody speaks: the test has its own page
            return
        words = words_for(transcript.interview.language or "en")
        try:
            async for place in self.desk.admission.line(visit):
                waits = words["in_line"].format(place=place)
                yield {self.parts.note: drawing.draw_note(waits)}
            async for piece in self._spoken(session, transcript, visitor, words):
                if isinstance(piece, Transcript):
                    transcript = piece
                else:
                    yield {self.parts.chat: piece, self.parts.note: ""}
        except StaleTurnError:
            yield await self._as_it_stands(session, request, words["stale"])
            return
        except Exception:
            # The answer is committed; the reply is owed and comes when the page is opened again.
            log.exception("The examiner's turn failed.")
            yield {self.parts.note: drawing.draw_note(words["trouble"])}
            return
        yield await self.showing.shown(session, transcript, visitor)

    async def _spoken(
        self, session: str, transcript: Transcript, visitor: str | None, words: Words
    ) -> AsyncIterator[str | Transcript]:
        """Yield the chat as the examiner's words come, and the transcript with each whole turn."""
        said = ""
        spoken = await self.desk.spoken.kept(transcript)
        while True:
            async for piece in self.desk.speak(session, visitor):
                if isinstance(piece, Transcript):
                    transcript, said = piece, ""
                    yield transcript
                    continue
                said += piece
                view = room_view(transcript, self.desk.library, words, said, spoken)
                yield drawing.draw_chat(view, words, busy=True)
            # A word on the reply to an improper question is followed by the interview.
            if stage_of(transcript).waiting != "examiner":
                return

    async def _as_it_stands(self, session: str, request: gr.Request, note: str) -> Update:
        visitor = self._visitor(request)
        transcript = await self.desk.open(session, visitor)
        shown = await self.showing.shown(session, transcript, visitor)
        return {**shown, self.parts.note: drawing.draw_note(note)}

    async def _home(
        self, words: Words, request: gr.Request, note: str = "", asked: str = ""
    ) -> Update:
        """Return the update that shows the start page."""
        language = preferred(request.headers.get("accept-language", ""))
        return await self.home.shown(
            words, self._visitor(request), language=language, note=note, asked=asked
        )

    async def _room_words(self, session: str, request: gr.Request) -> Words:
        try:
            transcript = await self.desk.open(session, self._visitor(request))
        except InterviewerError:
            return self._screen_words(request)
        return words_for(transcript.interview.language or "en")

    def _screen_words(self, request: gr.Request) -> Words:
        return words_for(preferred(request.headers.get("accept-language", "")))

    def _visitor(self, request: gr.Request) -> str | None:
        return self.visitors.of(request.request) if request.request else None


def _number(seen: str | None) -> int | None:
    """Return the number of a turn that a window sent along, None where it sent none."""
    return int(seen) if seen and seen.isascii() and seen.isdigit() and len(seen) < 7 else None

"""Voice: connected on the page of the models, and asked by the room for words and for speech."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from interviewer.audio.connecting import VOICE_KINDS, VoiceKind, WantedVoice
from interviewer.audio.recording import MOST_BYTES
from interviewer.audio.words import audio_fault
from interviewer.errors import InputError, InterviewerError, NotThereError, SetupError
from interviewer.ui.desk import Desk
from interviewer.ui.keeping import VOICE
from interviewer.ui.pages.asking import Asking, asking, filled_in, sending, session_of, text_of
from interviewer.ui.pages.models import VOICE_FIELDS, ModelPages
from interviewer.ui.spoken import read_aloud
from interviewer.ui.visitors import Visitors

log = logging.getLogger(__name__)
KEPT_NOWHERE = {"Cache-Control": "no-store"}


class VoicePages:
    """The forms for a voice, and what the room's script asks."""

    def __init__(self, desk: Desk, visitors: Visitors, models: ModelPages) -> None:
        """Keep what the forms ask."""
        self._desk = desk
        self._visitors = visitors
        self._models = models

    async def connect(self, request: Request) -> Response:
        """Try a voice; one that does not work is told why, with what was filled in."""
        who = sending(request, self._visitors)
        async with filled_in(request, who.words) as form:
            typed = {name: text_of(form, name).strip() for name in VOICE_FIELDS}
            key = text_of(form, "key").strip()
            keep = text_of(form, "keep") == "yes"
        kind: VoiceKind = next((k for k in VOICE_KINDS if k == typed["voice_kind"]), "openai")
        wanted = WantedVoice(
            kind, typed["hears"], typed["speaks"], typed["voice"], typed["voice_address"], key
        )
        try:
            await self._desk.voices.connect(who.visitor, wanted, who.language)
        except InterviewerError as error:
            return await self._models.drawn(who, voice_fault=str(error), voice_typed=typed)
        try:
            if keep:
                await self._desk.keeping.keep(who.visitor, VOICE, wanted)
        except SetupError as error:
            fault = who.words["kept_not"].format(why=error)
            return await self._models.drawn(who, voice_fault=fault)
        return RedirectResponse("/models#voice", status_code=303)

    async def disconnect(self, request: Request) -> Response:
        """Forget a voice and its key."""
        who = sending(request, self._visitors)
        await self._desk.voices.disconnect(who.visitor)
        try:
            await self._desk.keeping.forget(who.visitor, VOICE)
        except SetupError as error:
            fault = who.words["forgotten_not"].format(why=error)
            return await self._models.drawn(who, voice_fault=fault)
        return RedirectResponse("/models#voice", status_code=303)

    async def hearing(self, request: Request) -> Response:
        """Return the words of a recording of this visitor's; the sound is kept nowhere."""

        async def heard(who: Asking) -> Response:
            transcript = await self._desk.open(session_of(request), who.visitor)
            voice = self._desk.voices.of(who.visitor)
            language = transcript.interview.language or "en"
            data = await _received(request, language)
            text = await self._desk.spoken.hear(transcript, voice, data)
            return JSONResponse({"text": text}, headers=KEPT_NOWHERE)

        return await self._in_words(request, heard)

    async def speech(self, request: Request) -> Response:
        """Return an examiner's turn of this visitor's interview as sound."""

        async def spoken(who: Asking) -> Response:
            transcript = await self._desk.open(session_of(request), who.visitor)
            seq = request.path_params["seq"]
            sound = await read_aloud(transcript, self._desk.voices.of(who.visitor), seq)
            return Response(sound.content, media_type=sound.kind, headers=KEPT_NOWHERE)

        return await self._in_words(request, spoken)

    async def _in_words(
        self, request: Request, act: Callable[[Asking], Awaitable[Response]]
    ) -> Response:
        """Answer a script of ours; what goes wrong is one sentence under `fault`."""
        try:
            return await act(sending(request, self._visitors))
        except ClientDisconnect:
            return Response(status_code=400)  # nobody waits for it
        except InterviewerError as error:
            return _fault(str(error), 404 if isinstance(error, NotThereError) else 400)
        except Exception:
            log.exception("Sound could not be worked on.")
            words = asking(request, self._visitors).words
            return _fault(words["page_trouble"], 500)


def _fault(sentence: str, status: int) -> Response:
    return JSONResponse({"fault": sentence}, status_code=status, headers=KEPT_NOWHERE)


async def _received(request: Request, language: str) -> bytes:
    """Return what is sent, stopping at the first byte that is too many."""
    held = bytearray()
    async for piece in request.stream():
        held += piece
        if len(held) > MOST_BYTES:
            raise InputError(audio_fault("too_long", language))
    return bytes(held)

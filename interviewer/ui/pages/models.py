"""The page on who words the questions: models are connected, tried and disconnected."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from interviewer.audio.connecting import VOICE_AT_HOME, VOICE_KINDS
from interviewer.errors import InterviewerError, SetupError
from interviewer.models.connecting import AT_HOME, KINDS, Kind, Wanted
from interviewer.models.finding import found_models
from interviewer.ui.desk import Desk
from interviewer.ui.pages.asking import Asking, asking, filled_in, sending, text_of
from interviewer.ui.pages.drawing import page
from interviewer.ui.visitors import Visitors

_TYPED = ("kind", "model", "address")
VOICE_FIELDS = ("voice_kind", "hears", "speaks", "voice", "voice_address")


class ModelPages:
    """The page `/models` and its forms."""

    def __init__(self, desk: Desk, visitors: Visitors) -> None:
        """Keep what the page asks."""
        self._desk = desk
        self._visitors = visitors

    async def models(self, request: Request) -> Response:
        """Show what is connected, and how to connect more."""
        return await self.drawn(asking(request, self._visitors))

    async def connect(self, request: Request) -> Response:
        """Try a model; one that does not answer is told why, with what was filled in."""
        who = sending(request, self._visitors)
        async with filled_in(request, who.words) as form:
            typed = {name: text_of(form, name).strip() for name in _TYPED}
            key = text_of(form, "key").strip()
            keep = text_of(form, "keep") == "yes"
        kind: Kind = next((known for known in KINDS if known == typed["kind"]), "openai")
        wanted = Wanted(kind, typed["model"], typed["address"], key)
        try:
            made = await self._desk.connections.connect(who.visitor, wanted, who.language)
        except InterviewerError as error:
            return await self.drawn(who, fault=str(error), typed=typed)
        try:
            if keep:
                await self._desk.keeping.keep(who.visitor, made.name.text, wanted)
        except SetupError as error:
            fault = who.words["kept_not"].format(why=error)
            return await self.drawn(who, fault=fault)
        return RedirectResponse("/models#connected", status_code=303)

    async def disconnect(self, request: Request) -> Response:
        """Forget a model and its key."""
        who = sending(request, self._visitors)
        async with filled_in(request, who.words) as form:
            model = text_of(form, "model")
        await self._desk.connections.disconnect(who.visitor, model)
        try:
            await self._desk.keeping.forget(who.visitor, model)
        except SetupError as error:
            return await self.drawn(who, fault=who.words["forgotten_not"].format(why=error))
        return RedirectResponse("/models", status_code=303)

    async def drawn(
        self,
        who: Asking,
        *,
        fault: str = "",
        typed: dict[str, str] | None = None,
        voice_fault: str = "",
        voice_typed: dict[str, str] | None = None,
    ) -> HTMLResponse:
        """Return the page.

        Args:
            who: For whom.
            fault: Why a model was not connected, empty where none was to be.
            typed: What was filled in for it.
            voice_fault: The same of a voice.
            voice_typed: What was filled in for it.
        """
        alone = self._desk.alone
        await self._desk.keeping.put_back(who.visitor, who.language)
        values = {
            "connected": self._desk.connections.of(who.visitor),
            "kinds": [kind for kind in KINDS if alone or kind not in AT_HOME],
            "running": await self._running() if alone else (),
            "alone": alone,
            "keep_not": await self._desk.keeping.why_not(),
            "fault": fault,
            "typed": typed or dict.fromkeys(_TYPED, ""),
            "voice": self._desk.voices.of(who.visitor),
            "voice_kinds": [kind for kind in VOICE_KINDS if alone or kind not in VOICE_AT_HOME],
            "voice_fault": voice_fault,
            "voice_typed": voice_typed or dict.fromkeys(VOICE_FIELDS, ""),
            "at": "interview",
            "employer": None,
        }
        return page("models", who, values, status=400 if fault or voice_fault else 200)

    async def _running(self) -> tuple[str, ...]:
        """Return the models of Ollama on this machine, none when it does not run."""
        found = await found_models(self._desk.speakers.access)
        return tuple(name.model for name in found if name.provider == "ollama")

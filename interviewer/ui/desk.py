"""What the pages ask for: opening, carrying on and reporting on this visitor's interviews."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from interviewer.assessment.progress.gaps import start_from
from interviewer.content.library import Library
from interviewer.errors import InputError, InterviewerError, NotThereError
from interviewer.interview.difficulty import USUAL
from interviewer.interview.length import USUAL as USUAL_LENGTH
from interviewer.interview.library_voice import voice_of
from interviewer.interview.planning import build_plan
from interviewer.interview.sealing import sealing
from interviewer.interview.session import Rehearsals, new_transcript
from interviewer.interview.starting import Start
from interviewer.interview.teaching import STRICT, with_conduct
from interviewer.interview.turn import utc_now
from interviewer.interview.voice import Voice
from interviewer.interview.wishing import USUAL_FORMAT, make_wish
from interviewer.models.finding import found_models
from interviewer.models.judge import ModelJudge
from interviewer.models.naming import BUILTIN, ModelName
from interviewer.models.speakers import Speakers
from interviewer.people.access import Act, may
from interviewer.people.accounts import owner_of_key
from interviewer.privacy.erasing import Erasing
from interviewer.research import ResearchStore
from interviewer.research.access import Reader
from interviewer.storage import SessionSummary, SqlSessionStore
from interviewer.transcript import Transcript
from interviewer.ui.admission import Admission
from interviewer.ui.connections import Connections
from interviewer.ui.editions import Editions
from interviewer.ui.history import History
from interviewer.ui.keeping import Keeping
from interviewer.ui.reporting import Reporting
from interviewer.ui.spoken import SpokenAnswers
from interviewer.ui.voices import Voices
from interviewer.wiring import (
    Settings,
    open_kept_keys,
    open_library,
    open_people,
    open_rehearsals,
    open_research,
    open_speakers,
    open_store,
    open_studio,
)

LARGEST_SEED = 2**31
NOT_THERE = "This interview is not there, or it is not yours; it may belong to another browser."


@dataclass
class Desk(Reporting):
    """The rooms below, as one visitor after another may use them.

    Attributes:
        library: All content; replaced when employers come or go.
        connections: Models that visitors connected themselves.
        voices: What hears them and reads to them.
        keeping: Keeps their keys where they ask for it.
        shared: Folder of the research that comes with the installation.
        own: Folder of the research that visitors took in.
        personas: Folder of personas, competencies and formats.
        alone: Whether only this machine can reach the pages.
        accounts: Whether people sign in.
        default: The model that speaks when nobody chooses.
        offers: Whether models within reach are offered.
        admission: How many turns may be spoken at once.

    Every method that is given a session id is given the visitor's key too, a browser's digest or
    that of an account, and refuses a session that is not this visitor's in the same words as one
    that does not exist.
    """

    library: Library
    store: SqlSessionStore
    research: ResearchStore
    rehearsals: Rehearsals
    speakers: Speakers
    connections: Connections
    voices: Voices
    keeping: Keeping
    shared: Path
    own: Path
    personas: Path
    admission: Admission
    alone: bool = False
    accounts: bool = False
    default: str = BUILTIN
    offers: bool = False
    history: History = field(init=False)
    spoken: SpokenAnswers = field(init=False)
    editions: Editions = field(init=False)
    _found: tuple[ModelName, ...] | None = None
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)
    _warming: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Look at interviews with whatever content there is by then."""
        self.history = History(self.store, lambda: self.library, self.content_of)
        self.spoken = SpokenAnswers(self.store)
        self.editions = Editions(open_studio(self.store), self.personas, lambda: self.library)

    def reader(self, visitor: str) -> Reader:
        """Return which research a visitor may use."""
        return Reader(self.shared, self.own, visitor, self.alone)

    def employers(self, visitor: str | None) -> tuple[str, ...]:
        """Return the ids of the employers a visitor may be interviewed for."""
        reader = self.reader(visitor or "")
        return tuple(name for name in self.library.packs if reader.may_read(name))

    async def begin(
        self,
        visitor: str,
        *,
        company: str,
        role: str,
        language: str | None,
        cv: str,
        advert: str,
        model: str = BUILTIN,
        format_id: str = USUAL_FORMAT,
        length: str = USUAL_LENGTH,
        manner: str = "",
        difficulty: str = USUAL,
        practice: bool = True,
        written: bool = False,
        conduct: str = STRICT,
        country: str = "",
        since: bool = False,
        content: Library | None = None,
    ) -> str:
        """Settle an interview and keep it; return its id.

        How it deals with what must not be asked is its conduct, by the rules of a country; with
        `since` it starts from what was missing in the visitor's last one for the post. It is made
        of `content`, which may have copies, or of the files as they are.

        Raises:
            InputError: Employer, post, language, model, format, length, manner or difficulty is
                not known, or the format has one length only.
        """
        if model != BUILTIN and self._speakers(visitor, model).name(model) is None:
            raise InputError("This model is not offered here. Choose one of the list.")
        self.reader(visitor).check_read(company)
        passages = await asyncio.to_thread(self.research.passages, company)
        library = content or self.library
        wish = make_wish(
            library,
            company=company,
            role=role,
            seed=secrets.randbelow(LARGEST_SEED),
            today=utc_now().date(),
            passages=lambda _: passages,
            language=language,
            cv=cv.strip() or None,
            advert=advert.strip() or None,
            format_id=format_id,
            length=length,
            manner=manner,
            difficulty=difficulty,
            practice=practice,
            written=written,
            start=await self.start(visitor, company, role) if since else None,
        )
        session_id = secrets.token_urlsafe(12)
        plan = with_conduct(build_plan(library, wish), library, mode=conduct, country=country)
        transcript = new_transcript(session_id, plan, model=model)
        await self.store.create(transcript, visitor=visitor)
        self._warm(company, visitor, model)
        return session_id

    async def open(self, session_id: str, visitor: str | None, act: Act = "use") -> Transcript:
        """Return a session this visitor may do something with; the only way to any session.

        Args:
            session_id: The session.
            visitor: Key of whoever asks.
            act: What they are about to do with it.

        Raises:
            NotThereError: There is none, or they may not.
        """
        await self._check(session_id, visitor, act)
        return await self.store.load(session_id)

    async def _check(self, session_id: str, visitor: str | None, act: Act = "use") -> None:
        """Make sure that a visitor may do something with a session.

        Raises:
            NotThereError: There is none, or they may not.
        """
        refusal = NotThereError(NOT_THERE)
        try:
            held = await self.store.held(session_id, visitor)
        except InputError:
            raise refusal from None
        if not may(act, visitor, held):
            raise refusal
        await self.keeping.put_back(visitor)

    async def answer(
        self,
        session_id: str,
        visitor: str | None,
        text: str,
        seq: int | None,
        *,
        retakes: int | None = None,
    ) -> Transcript:
        """Commit an answer of this visitor's, where asked in place of their last one.

        Raises:
            InputError: The session is not theirs.
            ConversationError: It is not their turn, the session has moved on, or that answer
                cannot be taken again.
        """
        await self._check(session_id, visitor)
        transcript = await self.rehearsals.answer(session_id, text, seq=seq, retakes=retakes)
        await self.spoken.settle(transcript)
        return transcript

    async def speak(self, session_id: str, visitor: str | None) -> AsyncIterator[str | Transcript]:
        """Yield the examiner's next turn piece by piece, then the transcript with it.

        Raises:
            InputError: The session is not theirs.
            StaleTurnError: Another window let the examiner speak meanwhile.
        """
        transcript = await self.open(session_id, visitor)
        speakers = self._speakers(visitor, transcript.interview.model)
        content = await self.content_of(transcript)
        if content is not self.library:
            speakers = speakers.with_content(content.personas, voice_of(content))
        rehearsals = replace(
            self.rehearsals, voice=speakers, reader=speakers.reader,
            seal=self.rehearsals.seal if content is self.library else sealing(content),
        )  # fmt: skip
        async for piece in rehearsals.speak(session_id):
            yield piece

    async def stop(self, session_id: str, visitor: str | None) -> None:
        """Cut a model short that is speaking in this visitor's session.

        Raises:
            InputError: The session is not theirs.
        """
        await self._check(session_id, visitor)
        self.rehearsals.stop(session_id)

    async def offered(self, visitor: str | None) -> tuple[ModelName, ...]:
        """Return the models a visitor may choose besides the built-in voice.

        Those they connected themselves come first, then what `INTERVIEWER_MODEL` names. Where it
        names nothing and only this machine can reach the page, what is found within reach is
        offered; choosing it is the consent.
        """
        await self.keeping.put_back(visitor)
        if self.offers:
            async with self._looking:
                if self._found is None:
                    self._found = await found_models(self.speakers.access)
                    self.speakers.allow(name.text for name in self._found)
        own = [connection.name for connection in self.connections.of(visitor)]
        known = {name.text for name in own}
        named = (self.speakers.name(text) for text in sorted(self.speakers.allowed - known))
        return (*own, *(name for name in named if name is not None))

    def speaker(self, transcript: Transcript, visitor: str | None) -> ModelName | None:
        """Return the model of a visitor's session, None when the built-in voice speaks."""
        model = transcript.interview.model or BUILTIN
        return self._speakers(visitor, model).name(model)

    def erasing(self) -> Erasing:
        """Return what forgets people and interviews everywhere."""
        return Erasing(
            self.store, self.own.parent, self.own, lambda: self.research, self.keeping.keys
        )

    async def disconnect(self, visitor: str) -> None:
        """Forget the models and the voice a visitor connected, with their keys."""
        for connection in self.connections.of(visitor):
            await self.connections.disconnect(visitor, connection.name.text)
        await self.voices.disconnect(visitor)

    async def close(self) -> None:
        """Give back what models hold."""
        await self.connections.close()
        await self.voices.close()
        await self.speakers.close()

    async def interviews(self, visitor: str | None) -> tuple[SessionSummary, ...]:
        """Return this visitor's interviews, newest first."""
        return await self.store.sessions(visitor=visitor) if visitor else ()

    async def start(self, visitor: str | None, company: str, role: str) -> Start | None:
        """Return what a new interview for a post may start from, None where this is the first."""
        last = await self.history.last_for(visitor or "", company, role)
        return start_from(last) if last else None

    def judge(self, visitor: str | None, model: str) -> ModelJudge:
        """Return a judge that asks a model a visitor was offered.

        Raises:
            InputError: It is not offered to them.
        """
        speakers = self._speakers(visitor, model)
        if speakers.name(model) is None:
            raise InputError("This model is not offered here. Choose one of the list.")
        return speakers.judge(model)

    def voice(self, visitor: str | None, model: str, content: Library) -> Voice:
        """Return a model that a visitor was offered, speaking for the personas of some content.

        Raises:
            InputError: It is not offered to them.
        """
        speakers = self._speakers(visitor, model)
        if speakers.name(model) is None:
            raise InputError("This model is not offered here. Choose one of the list.")
        return speakers.with_content(content.personas, voice_of(content)).voice(model)

    def copies_of(self, visitor: str | None) -> str | None:
        """Return whose published copies a visitor may choose: their own, None for nobody's."""
        if not visitor or not (self.accounts or self.alone):
            return None
        return owner_of_key(visitor)

    def shared_employers(self) -> tuple[str, ...]:
        """Return the employers whose research is everybody's."""
        reader = self.reader("")
        return tuple(name for name in self.library.packs if reader.is_shared(name))

    def _speakers(self, visitor: str | None, model: str | None) -> Speakers:
        """Return who may speak in a visitor's interview: their own model before the shared."""
        connection = self.connections.find(visitor, model)
        return connection.speakers if connection else self.speakers

    def _warm(self, company: str, visitor: str, model: str) -> None:
        """Load search and model in the background, before a turn needs them."""
        speakers = self._speakers(visitor, model)

        async def open_both() -> None:
            if speakers.name(model) is not None:
                # What cannot be opened is said by the turn that needs it.
                with suppress(InterviewerError):
                    await speakers.source(model).ready()
            await self.research.find(company, "?")

        task = asyncio.create_task(open_both())
        self._warming.add(task)
        task.add_done_callback(self._warming.discard)


def open_desk(settings: Settings, *, alone: bool = False) -> Desk:
    """Open everything the pages need; the embedding model is loaded when first used.

    Args:
        settings: Where things lie and who speaks.
        alone: Whether only this machine can reach the pages; where people sign in, nobody is.

    Raises:
        ContentError: A content file is wrong.
        SetupError: The data folder or the database cannot be used.
    """
    library = open_library(settings)
    store = open_store(settings)
    research = open_research(settings, library)
    speakers = open_speakers(settings, library, research)
    people = open_people(store) if settings.auth else None
    rehearsals = open_rehearsals(store, research, speakers, library, people=people)
    alone = alone and not settings.auth
    connections, voices = Connections(speakers, alone), Voices(alone)
    keys = open_kept_keys(settings) if alone else None
    return Desk(
        library, store, research, rehearsals, speakers,
        connections=connections, voices=voices, keeping=Keeping(keys, connections, voices),
        shared=settings.knowledge, own=settings.own_knowledge, personas=settings.personas,
        admission=Admission(settings.turns_at_once), alone=alone, accounts=settings.auth,
        default=settings.speaker, offers=alone and settings.model is None,
    )  # fmt: skip

"""Models that visitors connected themselves: each is its visitor's alone, and only in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from interviewer.errors import InputError
from interviewer.models.connecting import AT_HOME, Wanted, connection_to
from interviewer.models.naming import ModelName
from interviewer.models.speakers import Speakers
from interviewer.models.trial import try_model
from interviewer.ui.holding import Holding

MOST_EACH = 5
_BUSY = "A model is being tried already. Wait until it has answered."


@dataclass(frozen=True)
class Connection:
    """A model somebody connected.

    Attributes:
        name: The model and where text goes.
        speakers: Its voice, behind the same guard as every other.
        says: What came of trying it, in sentences.
    """

    name: ModelName
    speakers: Speakers
    says: str

    async def close(self) -> None:
        """Give back what its speakers hold."""
        await self.speakers.close()


@dataclass
class Connections:
    """What is connected, by visitor.

    Keys are held here: a restart forgets them, and so does disconnecting. Keeping them longer is
    the affair of `interviewer.ui.keeping`, for those who ask for it.

    Attributes:
        speakers: The installation's own, which lend guard, personas and limits.
        alone: Whether only this machine can reach the page; else nobody may make the server ask
            an address or open a file of theirs.
    """

    speakers: Speakers
    alone: bool
    _held: Holding[Connection] = field(
        default_factory=lambda: Holding[Connection](each=MOST_EACH, busy=_BUSY)
    )

    def of(self, visitor: str | None) -> tuple[Connection, ...]:
        """Return what a visitor has connected, newest first."""
        return self._held.of(visitor)

    def find(self, visitor: str | None, model: str | None) -> Connection | None:
        """Return a visitor's connection to a model, None where there is none."""
        return self._held.find(visitor, model or "")

    async def connect(self, visitor: str, wanted: Wanted, language: str) -> Connection:
        """Try a model and keep the connection when it answers.

        Args:
            visitor: Digest of the browser.
            wanted: What was filled in.
            language: Of what is said of the trial.

        Raises:
            InputError: It may not be connected here, or it does not answer.
            SetupError: It cannot be opened.
        """
        if wanted.kind in AT_HOME and not self.alone:
            raise InputError(
                "Servers and files can only be connected where the app is open to this machine "
                "alone. Here, connect OpenAI with a key of your own."
            )
        with self._held.trying(visitor):
            name, speakers = self._opened(wanted)
            try:
                trial = await try_model(speakers.source(name.text), language)
                if not trial.answers:
                    raise InputError(trial.says)
            except BaseException:
                await speakers.close()
                raise
        return await self._held.keep(visitor, Connection(name, speakers, trial.says), name.text)

    async def put_back(self, visitor: str, wanted: Wanted, says: str) -> None:
        """Connect again what was tried before; a model connected meanwhile stays.

        Raises:
            InputError: It cannot be one any more.
            SetupError: The name names no model.
        """
        name, speakers = self._opened(wanted)
        if self.alone and self.find(visitor, name.text) is None:
            await self._held.keep(visitor, Connection(name, speakers, says), name.text)

    def _opened(self, wanted: Wanted) -> tuple[ModelName, Speakers]:
        name, access = connection_to(wanted, self.speakers.access)
        return name, Speakers(
            builtin=self.speakers.builtin,
            personas=self.speakers.personas,
            access=access,
            allowed=frozenset({name.text}),
            same=self.speakers.same,
            limits=self.speakers.limits,
            pace=self.speakers.pace,
        )

    async def disconnect(self, visitor: str, model: str) -> None:
        """Forget a visitor's connection and its key; interviews go on with the built-in voice."""
        await self._held.drop(visitor, model)

    async def close(self) -> None:
        """Give back everything."""
        await self._held.close()

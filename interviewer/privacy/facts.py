"""What is true of this installation: where things lie, for how long, and where text goes."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.models.naming import BUILTIN, host_beyond, understood
from interviewer.wiring.settings import Settings


@dataclass(frozen=True, slots=True)
class Facts:
    """What somebody is told before they write a word.

    Attributes:
        server: Whether the database is a PostgreSQL server, else it is a file of this program.
        elsewhere: Host of that server, None where it is on this machine.
        days: How many days things are kept that nobody touches, None until forgotten.
        accounts: Whether people sign in.
        alone: Whether only this machine can reach the pages.
        model: The model that speaks unless another is chosen, None for the built-in voice.
        model_to: Host that its text goes to, None where it stays on this machine.
        reranker_to: Host that searched questions go to, None where none does.
        vectors_to: Host that vectors of documents lie on, None for this machine.
        fetches: Whether pages of the web are fetched.
        redacts: Whether identifiers are taken out of what an outside model is sent.
        contact: Whom to ask, None where nobody is named.
    """

    server: bool
    elsewhere: str | None
    days: int | None
    accounts: bool
    alone: bool
    model: str | None
    model_to: str | None
    reranker_to: str | None
    vectors_to: str | None
    fetches: bool
    redacts: bool
    contact: str | None


def facts_of(settings: Settings, *, alone: bool) -> Facts:
    """Return what is true under these settings.

    Args:
        settings: Those in force.
        alone: Whether only this machine can reach the pages.

    Raises:
        SetupError: An address among them is none.
    """
    name = None if settings.speaker == BUILTIN else understood(settings.speaker, settings.access)
    server = (settings.database_url or "").startswith("postgres")
    return Facts(
        server=server,
        elsewhere=_database_host(settings.database_url) if server else None,
        days=settings.keep_days,
        accounts=settings.auth,
        alone=alone,
        model=name.shown if name else None,
        model_to=name.goes_to if name else None,
        reranker_to=settings.reranker_goes_to,
        vectors_to=host_beyond(settings.chroma_url) if settings.chroma_url else None,
        fetches=settings.may_fetch(alone=alone),
        redacts=settings.redacts,
        contact=settings.contact,
    )


def _database_host(url: str | None) -> str | None:
    """Return the host of a database's URL; one without a host is reached by a local socket."""
    rest = (url or "").partition("://")[2]
    place = rest.partition("/")[0].rpartition("@")[2]
    return host_beyond(f"postgresql://{place}") if place else None

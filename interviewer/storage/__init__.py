"""Storage: interviews kept in SQLite, or in PostgreSQL by URL.

A turn is appended in one transaction and never changed; whoever forgets an interview leaves no
byte of it in the files. Nothing outside this room knows SQL.
"""

from interviewer.storage.belonging import Traces, Whose
from interviewer.storage.database import open_engine
from interviewer.storage.forgetting import Forgotten
from interviewer.storage.judging import SqlJudging
from interviewer.storage.logins import TooManyAttempts
from interviewer.storage.openid_store import SqlIdentities
from interviewer.storage.people_store import SqlPeople
from interviewer.storage.sessions import SqlSessionStore
from interviewer.storage.studio_store import SqlStudio
from interviewer.storage.summaries import SessionSummary
from interviewer.storage.upkeep import Upkeep

__all__ = [
    "Forgotten",
    "SessionSummary",
    "SqlIdentities",
    "SqlJudging",
    "SqlPeople",
    "SqlSessionStore",
    "SqlStudio",
    "TooManyAttempts",
    "Traces",
    "Upkeep",
    "Whose",
    "open_engine",
]

"""The browser app: events in, updates out. No rule of the interview lives here."""

from interviewer.ui.server import build, serve

__all__ = ["build", "serve"]

"""The built-in voice of everybody in a library."""

from __future__ import annotations

from interviewer.content.library import Library
from interviewer.interview.builtin import BuiltinVoice


def voice_of(library: Library) -> BuiltinVoice:
    """Return the built-in voice of every persona of a library."""
    return BuiltinVoice(
        {
            (persona.id, language): book
            for persona in library.personas.values()
            for language, book in persona.phrasebooks.items()
        },
        library.manners,
    )

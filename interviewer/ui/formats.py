"""The interview formats to choose from, as the start form and the prepare page list them."""

from __future__ import annotations

from interviewer.content.library import Library
from interviewer.interview.planning import in_language
from interviewer.interview.wishing import USUAL_FORMAT
from interviewer.ui.words import Words


def formats_offered(words: Words, library: Library, language: str) -> list[tuple[str, str]]:
    """Return formats, shown and meant; one of which a round is chosen, by examiner."""
    choices: list[tuple[str, str]] = []
    for entry in library.formats.values():
        name = in_language(entry.name, language)
        if entry.take == "all":
            choices.append((name, entry.id))
            continue
        for part in entry.rounds:
            title = in_language(library.personas[part.persona].about.title, language)
            shown = words["format_one"].format(name=name, title=title)
            choices.append((shown, f"{entry.id}:{part.persona}"))
    return sorted(choices, key=lambda choice: choice[1] != USUAL_FORMAT)

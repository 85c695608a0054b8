"""A coach's question before it is kept: held to what every examiner's question is held to."""

from __future__ import annotations

from interviewer.errors import InputError
from interviewer.interview.guard.cases import is_improper, is_link, is_markup
from interviewer.interview.guard.given import Given
from interviewer.interview.guard.said import ASKS, Said
from interviewer.people.helping import checked_length
from interviewer.reading.tongue import spoken_in


def checked_question(text: str, language: str) -> str:
    """Return a coach's question that an examiner may ask.

    Figures and facts are not looked at: a person answers for them, and is named.

    Args:
        text: What the coach wrote.
        language: Language of the interview.

    Raises:
        InputError: It is empty, too long, not one question, or may not be asked.
    """
    said = checked_length(text)
    if len(ASKS.findall(said)) > 1:
        raise InputError("Put one question at a time: this one has more than one question mark.")
    if spoken_in(said, language) != language:
        raise InputError("Put the question in the language of the interview.")
    # What stands in brackets is the coach's own here, no stage direction of a model's.
    own = Said(said, (), Given(language=language, text=said))
    if is_link(own) or is_markup(own):
        raise InputError("A question is said aloud: leave links, markup and signs out of it.")
    if is_improper(Said(said, (), Given(language=language, text=""))):
        raise InputError(
            "This touches on what nobody may ask in an interview, such as family, health, age, "
            "origin or belief. Ask about the work instead."
        )
    return said

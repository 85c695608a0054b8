"""Deflection practice: which improper questions are asked, and what is said to each reply.

Terminal, page and interview ask and debrief by this alone. Everything that is asked stands word
for word in the bank of the language; everything said to a reply comes from files, by rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from interviewer.content.deflection import DeflectionFile, PracticeQuestion
from interviewer.content.lawful import COUNTRIES, Lesson
from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.interview import seeds
from interviewer.interview.deflecting import LONGEST, Option, Part, debrief_of

MOST_QUESTIONS = 3
"""Of one practice (SCIENCE 3.3)."""


@dataclass(frozen=True, slots=True)
class Rated:
    """One part of the rubric in words.

    Attributes:
        name: What it is called.
        level: 1 to 5, None where there is nothing to rate.
        reason: Why, as a sentence that may quote the reply.
    """

    name: str
    level: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Debriefing:
    """What the candidate is told after one reply.

    Attributes:
        question: The question as it was asked.
        reply: What was said, without space around it.
        options: The ways the reply took, by letter; empty for silence.
        ways: The same in words; that nothing was said, for silence.
        parts: The rubric, in its order.
        own_words: Sentences of the reply that would have done, word for word.
        own_line: The same as one text, empty where there are none.
        lawful: What may be asked about the job instead, empty where nothing is known.
        rule: The rule of the place with its date, empty where none is listed.
    """

    question: str
    reply: str
    options: tuple[Option, ...]
    ways: tuple[str, ...]
    parts: tuple[Rated, ...]
    own_words: tuple[str, ...]
    own_line: str
    lawful: str
    rule: str


@dataclass(frozen=True)
class Practice:
    """The bank of a language with the rules of a country.

    Attributes:
        country: Id of the country.
        language: `en` or `zh`.
        bank: Questions, signs and words.
        lesson: Rules of the country, and that they are no legal advice.
        instead: What may be asked about the job instead, by topic.
    """

    country: str
    language: str
    bank: DeflectionFile
    lesson: Lesson
    instead: Mapping[str, str]

    @property
    def words(self) -> dict[str, str]:
        """The words of the bank, by name."""
        return {str(name): text for name, text in self.bank.words.items()}

    def line(self, name: str, text: str) -> str:
        """Return a text behind its name, which is one of the words."""
        words = self.words
        return words["line"].format(name=words[name], text=text)

    def joined(self, ways: Sequence[str]) -> str:
        """Return several ways as one text."""
        joint = self.words["joint"]
        return reduce(lambda first, second: joint.format(first=first, second=second), ways)

    @property
    def complain(self) -> str:
        """Where one complains in this country."""
        return {str(name): text for name, text in self.bank.complain.items()}[self.country]

    def question(self, text: str) -> PracticeQuestion | None:
        """Return the question of the bank with exactly these words, None where there is none."""
        return next((entry for entry in self.bank.questions if entry.text == text), None)

    def chosen(self, seed: int, count: int = MOST_QUESTIONS) -> tuple[PracticeQuestion, ...]:
        """Return that many questions: of different topics, those with a rule here first."""
        ruled = {pair.topic for pair in self.lesson.pairs}
        shuffled = seeds.shuffled(self.bank.questions, seed, "deflection")
        by_topic = {entry.topic: entry for entry in reversed(shuffled)}
        kept = [entry for entry in shuffled if by_topic[entry.topic] == entry]
        return tuple(sorted(kept, key=lambda entry: entry.topic not in ruled)[:count])

    def debriefing(self, question: PracticeQuestion, reply: str, protect: str = "") -> Debriefing:
        """Return what is said to a reply.

        Args:
            question: What was asked.
            reply: What was said; may be empty.
            protect: What the candidate wishes to keep to themselves; may be empty.
        """
        found = debrief_of(reply, protect=protect, bank=self.bank, language=self.language)
        words = self.words
        joint = "" if self.language == "zh" else " "
        rules = [pair.rule for pair in self.lesson.pairs if pair.topic == question.topic]
        return Debriefing(
            question=question.text,
            reply=reply.strip(),
            options=found.options,
            ways=tuple(words[option] for option in found.options) or (words["silent"],),
            parts=tuple(_rated(part, words) for part in found.parts),
            own_words=found.own_words,
            own_line=joint.join(found.own_words),
            lawful=self.instead.get(question.topic, ""),
            rule=rules[0] if rules else "",
        )


def _rated(part: Part, words: dict[str, str]) -> Rated:
    reason = words[part.reason].format(quote=part.quote, most=LONGEST)
    return Rated(words[part.name], part.level, reason)


def practice_of(library: Library, country: str, language: str) -> Practice:
    """Return what is practised with.

    Args:
        library: All content.
        country: Whose rules are told.
        language: `en` or `zh`, also with a region behind it.

    Raises:
        InputError: There is no bank in the language or no rules of the country; names those
            there are.
    """
    tongue = language.split("-")[0]
    bank, about = library.deflection.get(tongue), library.lawful.about
    if bank is None:
        known = " or ".join(library.deflection) or "none"
        raise InputError(f"There are no questions in `{language}`. Choose {known}.")
    lesson = library.lawful.lesson(country, tongue)
    if lesson is None or about is None:
        known = ", ".join(name for name in COUNTRIES if name in library.lawful.countries)
        raise InputError(f"The rules of `{country}` are not known. Choose one of: {known}.")
    instead = {
        topic: entry.lawful.get(tongue, entry.lawful["en"])
        for topic, entry in about.topics.items()
    }
    return Practice(country, tongue, bank, lesson, instead)

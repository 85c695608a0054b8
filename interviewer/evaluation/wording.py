"""The words of reports in the reader's language, from `words/<lang>.toml`.

Metrics write their reasons in English, which is also what JSON says. `Wording.told` says them in
another language by the forms of `words/sentences.<lang>.toml`; what has no form stays as it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from interviewer.errors import UsageError

LANGUAGES = ("en", "zh")
_NAME = re.compile(r"\\{(\w+)\\}")
# No metric writes longer ones; a file from elsewhere may hold any.
_LONGEST = 1000
_IN_BRACKETS = re.compile(r"(?<=\()\w+(?=\))")


@dataclass(frozen=True)
class Form:
    """A sentence of a metric.

    Attributes:
        english: As the metric writes it.
        told: The same in another language, with the names of its parts.
    """

    english: re.Pattern[str]
    told: str


@dataclass(frozen=True)
class Wording:
    """The words of one language.

    Attributes:
        language: `en` or `zh`.
        page: Of report.html.
        about: What each metric is about; empty where its name says so.
        markdown: Of report.md.
        details: Of what stands beside a mean there.
        forms: Sentences of metrics; none in English.
        terms: What stands in them and has a name of its own.
    """

    language: str
    page: Mapping[str, str]
    about: Mapping[str, str]
    markdown: Mapping[str, str]
    details: Mapping[str, str]
    forms: tuple[Form, ...] = ()
    terms: Mapping[str, str] = field(default_factory=dict)

    def told(self, sentence: str) -> str:
        """Return a metric's sentence in this language, as it is where no form is known."""
        for form in self.forms if len(sentence) <= _LONGEST else ():
            match = form.english.fullmatch(sentence)
            if match:
                parts = {name: self.term(part) for name, part in match.groupdict().items()}
                return form.told.format_map(parts)
        return sentence

    def term(self, text: str) -> str:
        """Return a term in this language, or a text with the terms that stand in brackets."""
        if text in self.terms:
            return self.terms[text]
        return _IN_BRACKETS.sub(lambda found: self.terms.get(found[0], found[0]), text)


@cache
def wording(language: str = "en") -> Wording:
    """Return the words of a language.

    Raises:
        UsageError: There are none.
    """
    if language not in LANGUAGES:
        raise UsageError(f"There are no reports in {language!r}. Choose en or zh.")
    words = _document(language)
    sentences = _document(f"sentences.{language}") if language != "en" else {}
    forms = tuple(Form(_pattern(k), v) for k, v in sentences.get("forms", {}).items())
    return Wording(
        language, words["page"], words["about"], words["markdown"], words["details"], forms,
        sentences.get("terms", {}),
    )  # fmt: skip


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile(_NAME.sub(r"(?P<\1>.*)", re.escape(english)), re.DOTALL)


def _document(name: str) -> dict[str, dict[str, str]]:
    file = resources.files(__package__) / "words" / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))

"""A quiz on the employer, made from the research: which figure is missing in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interviewer.errors import InputError
from interviewer.interview import seeds
from interviewer.research.sentences import sentences
from interviewer.transcript import Passage

QUESTIONS = 10
OPTIONS = 4
BLANK = "____"
_DIGITS = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d+)?|\d{1,12}(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?<![\w.,/-])(?:{_DIGITS})(?![\w/-]|[.,]\d)|(?<![\w.,])(?:{_DIGITS})(?=[\u4e00-\u9fff%])"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LENGTH = {"en": (7, 32), "zh": (12, 60)}
_UNFIT = re.compile(
    r"[|<>*_#`\n]|https?:|^\s*[-•\d]|^(?:In|Of|The rest|It|They|He|She|This|That|These|Those)\b"
    r"|^(?:它|他|她|这|该|此|其)"
)
_ENDS = re.compile(r"[.。!！][\"'”’]?$")
_FACTORS = (0.5, 0.8, 1.25, 1.5, 2.0, 0.6)


@dataclass(frozen=True, slots=True)
class QuizItem:
    """One question.

    Attributes:
        text: A sentence of the research with one figure taken out.
        options: Figures, one of them right.
        answer: Place of the right one in `options`.
        passage: Id of the passage the sentence stands in.
        sentence: The sentence as it stands there.
    """

    text: str
    options: tuple[str, ...]
    answer: int
    passage: str
    sentence: str


@dataclass(frozen=True, slots=True)
class QuizRun:
    """A quiz as far as it has been answered.

    Attributes:
        items: Its questions.
        given: Places of the options that were chosen, for the first questions.
    """

    items: tuple[QuizItem, ...]
    given: tuple[int, ...] = ()

    @property
    def right(self) -> int:
        """How many were answered rightly."""
        return sum(self.verdicts)

    @property
    def verdicts(self) -> tuple[bool, ...]:
        """Whether each answer that was given is right."""
        return tuple(
            choice == item.answer for choice, item in zip(self.given, self.items, strict=False)
        )


def resumed(items: tuple[QuizItem, ...], choices: str) -> QuizRun:
    """Return a quiz with the answers that were given so far.

    Args:
        items: Its questions.
        choices: One digit an answer, the place of the option that was chosen.

    Raises:
        InputError: There are more answers than questions, or one chose no option.
    """
    given = tuple(int(digit) for digit in choices if digit in "0123456789")
    fits = len(given) == len(choices) <= len(items) and all(
        choice < len(item.options) for choice, item in zip(given, items, strict=False)
    )
    if not fits:
        raise InputError("These answers belong to another quiz. Begin a new one.")
    return QuizRun(items, given)


def make_quiz(
    passages: Sequence[Passage], language: str, seed: int, most: int = QUESTIONS
) -> tuple[QuizItem, ...]:
    """Return questions on different passages, topic after topic, the same for the same seed.

    The right figure is the one that stands in the passage; wrong ones are other figures of the
    research of about the same size, or shares of the right one. Where nothing is known in the
    language, what is known in another is asked, as a brief quotes it.
    """
    spoken = [passage for passage in passages if passage.language == language] or list(passages)
    pool = sorted({figure for p in spoken for figure in _NUMBER.findall(p.text)})
    by_topic: dict[str, list[Passage]] = {}
    for passage in seeds.shuffled(spoken, seed, "quiz"):
        by_topic.setdefault(passage.topic, []).append(passage)
    found: list[QuizItem] = []
    while by_topic and len(found) < most:
        for topic in list(by_topic):
            if not by_topic[topic]:
                del by_topic[topic]
                continue
            item = _item(by_topic[topic].pop(), pool, seed)
            if item is not None and len(found) < most:
                found.append(item)
    return tuple(found)


def _item(passage: Passage, pool: Sequence[str], seed: int) -> QuizItem | None:
    for sentence in _fit(passage):
        figures = list(_NUMBER.finditer(sentence))
        figure = next((f for f in figures if not _YEAR.fullmatch(f[0])), figures[0])
        # A figure that stands twice would give itself away.
        if sentence.count(figure[0]) > 1:
            continue
        wrong = _wrong(figure[0], pool, seed)
        options = seeds.shuffled((figure[0], *wrong), seed, f"options {passage.id}")
        text = sentence[: figure.start()] + BLANK + sentence[figure.end() :]
        return QuizItem(text, tuple(options), options.index(figure[0]), passage.id, sentence)
    return None


def _fit(passage: Passage) -> Iterator[str]:
    language = passage.language or "en"
    low, high = _LENGTH.get(language, _LENGTH["en"])
    for sentence in sentences(passage.text, language):
        length = len(sentence) if language == "zh" else len(sentence.split())
        whole = low <= length <= high and _ENDS.search(sentence) and not _UNFIT.search(sentence)
        if whole and _NUMBER.search(sentence):
            yield sentence


def _wrong(right: str, pool: Sequence[str], seed: int) -> tuple[str, ...]:
    value = _value(right)
    year = bool(_YEAR.fullmatch(right))
    near = [
        figure
        for figure in pool
        if bool(_YEAR.fullmatch(figure)) == year
        and _value(figure) != value
        and value / 3 <= _value(figure) <= value * 3
        and ("." in figure) == ("." in right)
    ]
    made = [str(int(value) + step) for step in (-2, -1, 1, 2, 3)] if year else _made(right, value)
    kept: dict[float, str] = {}
    for figure in (*seeds.shuffled(near, seed, right), *made):
        if _value(figure) not in {value, *kept}:
            kept[_value(figure)] = figure
    return tuple(kept.values())[: OPTIONS - 1]


def _made(right: str, value: float) -> list[str]:
    decimals = len(right.partition(".")[2])
    grouped = "," in right
    figures: list[str] = []
    for factor in _FACTORS:
        scaled = value * factor if value > 3 else value + len(figures) + 1
        figures.append(f"{scaled:,.{decimals}f}" if grouped else f"{scaled:.{decimals}f}")
    return figures


def _value(figure: str) -> float:
    return float(figure.replace(",", "").rstrip("."))

"""Questions asked again in other words, and vectors that are computed once."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from interviewer.errors import InputError, SetupError
from interviewer.evaluation.given import Given
from interviewer.evaluation.kept_vectors import KeptVectors, VectorFile
from interviewer.evaluation.meaning import Meaning
from interviewer.evaluation.metric import LooksAhead, Metric
from interviewer.evaluation.metrics.known_questions import Ends
from interviewer.evaluation.metrics.prohibited_questions import ProhibitedQuestions
from interviewer.evaluation.metrics.repetition import Repetition
from interviewer.evaluation.speech import Speech
from interviewer.research.embedding import Embedder, Vectors
from tests.unit.test_metrics_see import ANSWER, library, talk

QUESTION = "Which part of the stock model did you build yourself?"
IN_OTHER_WORDS = "And of the thing that forecasts orders, how much stems from your own hands?"
ANOTHER = "Whom would you ask first if the depot in Leeds were flooded?"


class Senses:
    """An embedder that counts what it is asked; texts of one sense have one direction."""

    name = "minilm"
    digest = "ab" * 32
    dimension = 512

    def __init__(self, *alike: str) -> None:
        """Take texts that mean the same."""
        self._alike = alike
        self.embedded: list[str] = []

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text."""
        self.embedded += texts
        return np.stack([self._row(text) for text in texts])

    def question(self, text: str) -> Vectors:
        """Return the direction of a text that asks."""
        self.embedded.append(f"question {text}")
        return self._row(text)

    def _row(self, text: str) -> Vectors:
        told = self._alike[0] if text in self._alike else text
        noise = np.random.default_rng(sum(told.encode()))
        row = noise.standard_normal(self.dimension).astype(np.float32)
        return np.asarray(row / np.linalg.norm(row), dtype=np.float32)


def by_meaning(embedder: Embedder) -> Metric:
    """Return the metric of repetition with this model for all languages."""
    return Repetition(library()).informed(Given(meaning=Meaning(opened=lambda name: embedder)))


def test_a_question_in_other_words_is_repetition_where_meanings_are_compared() -> None:
    """Words alone do not see it; a reason to ask again holds for it too."""
    metric = by_meaning(Senses(QUESTION, IN_OTHER_WORDS))
    again = Speech(talk(QUESTION, ANSWER, ANOTHER, ANSWER, IN_OTHER_WORDS, ANSWER))
    (finding,) = metric.score(again).findings
    assert (finding.seq, finding.tag, finding.evidence) == (5, "other_words", "1")
    assert Repetition(library()).score(again).findings == ()
    wanted = talk(QUESTION, "Sorry, could you repeat that?", IN_OTHER_WORDS, ANSWER)
    assert metric.score(Speech(wanted)).findings == ()


def test_a_question_that_is_nearer_to_one_of_the_banks_repeats_none() -> None:
    """What is near an earlier question may be nearer to one that was not asked."""
    bank = next(q.text["en"] for r in library().rubrics.values() for q in r.questions)
    metric = by_meaning(Senses(bank, QUESTION, IN_OTHER_WORDS))
    assert metric.score(Speech(talk(QUESTION, ANSWER, IN_OTHER_WORDS))).findings == ()


def test_questions_of_the_content_are_compared_by_words_only() -> None:
    """A probe that stands in a bank, or a phrase, means what it says wherever it is asked."""
    probe = next(
        probe["en"]
        for rubric in library().rubrics.values()
        for question in rubric.questions
        for probes in question.probes.values()
        for probe in probes
    )
    metric = by_meaning(Senses(QUESTION, probe))
    assert metric.score(Speech(talk(QUESTION, ANSWER, probe, ANSWER))).findings == ()


def test_a_model_that_is_not_installed_leaves_words() -> None:
    """The metric has its value all the same."""

    def missing(name: str) -> Embedder:
        raise SetupError("Not installed.")

    metric = Repetition(library()).informed(Given(meaning=Meaning(opened=missing)))
    assert metric.score(Speech(talk(QUESTION, ANSWER, IN_OTHER_WORDS))).value == 0.0


def test_a_phrase_is_known_whatever_is_put_into_it() -> None:
    """By its last sentence; what stands before a question does not hide it."""
    ends = Ends(["Good. What would you say to {amount} a year?", "Why did you choose us?"], "en")
    assert ends.find("What would you say to £48,000 a year?") == 0
    assert ends.find("So, then: why did you choose us?") == 1
    assert ends.find("What would you say to that?") is None


def test_metrics_share_vectors(tmp_path: Path) -> None:
    """Whatever one metric of a process asked for, the other has; in the next run all have it."""
    model = Senses()
    path = tmp_path / "a" / "vectors.sqlite3"
    given = Given(meaning=Meaning(path, lambda name: model))
    speech = Speech(talk(QUESTION, ANSWER, ANOTHER, ANSWER, IN_OTHER_WORDS))
    metrics = [Repetition(library()), Repetition(library())]
    scores = [metric.informed(given).score(speech) for metric in metrics]
    asked = list(model.embedded)
    assert len(asked) == len(set(asked))
    later = Given(meaning=Meaning(path, lambda name: model))
    assert [metric.informed(later).score(speech) for metric in metrics] == scores
    assert model.embedded == asked


def test_what_is_seen_ahead_is_embedded_together_and_changes_no_score() -> None:
    """Every text of several interviews in one call, once, the shortest first; later there is none.

    A model whose questions and passages are alike has no text twice for two metrics.
    """
    calls: list[list[str]] = []

    class Together(Senses):
        sides_alike = True

        def passages(self, texts: Sequence[str]) -> Vectors:
            calls.append(list(texts))
            return super().passages(texts)

    def made() -> list[Metric]:
        given = Given(meaning=Meaning(opened=lambda name: Together()))
        return [kind(library()).informed(given) for kind in (Repetition, ProhibitedQuestions)]

    speeches = [Speech(talk(QUESTION, ANSWER, IN_OTHER_WORDS)), Speech(talk(ANOTHER, ANSWER))]
    alone = [metric.score(speech) for metric in made() for speech in speeches]
    metrics = made()
    calls.clear()
    for metric in metrics:
        assert isinstance(metric, LooksAhead)
        metric.look_ahead(speeches)
    seen = [text for call in calls for text in call]
    assert len(seen) == len(set(seen))
    assert calls[0] == [QUESTION, ANOTHER, IN_OTHER_WORDS]
    calls.clear()
    assert [metric.score(speech) for metric in metrics for speech in speeches] == alone
    assert not set(calls[0]) & set(seen)


def test_vectors_are_held_within_bounds_and_kept_in_a_file(tmp_path: Path) -> None:
    """Equal texts count once; questions and passages are two things."""
    model = Senses()
    kept = KeptVectors(model, tmp_path / "v", most_held=2)
    rows = kept.passages(["a", "b", "a", "c"])
    assert model.embedded == ["a", "b", "c"]
    assert (rows[0] == rows[2]).all()
    assert (kept.passages(["a"]) == rows[:1]).all()
    assert kept.question("a").shape == (512,)
    assert model.embedded == ["a", "b", "c", "question a"]
    assert kept.passages([]).shape == (0, 512)
    kept.look_ahead(["b?", "a?", "b?"])
    assert model.embedded[4:] == ["question a?", "question b?"]
    assert kept.question("b?").shape == (512,)
    assert len(model.embedded) == 6
    unkept = KeptVectors(Senses(), most_held=1)
    assert (unkept.passages(["a", "b", "c"]) == rows[[0, 1, 3]]).all()


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    """A row of another length is computed again."""
    path = tmp_path / "v"
    path.write_bytes(b"not a database, but long enough to be looked at as one" * 20)
    with pytest.raises(InputError, match="Delete it"):
        KeptVectors(Senses(), path).passages(["a"])
    path.unlink()
    file = VectorFile(path, 512)
    assert file.found([b"k"]) == {}
    file.keep({b"k": np.ones(3, dtype=np.float32)})
    assert file.found([b"k"]) == {}


def _write(path: Path, first: int) -> None:
    for number in range(first, first + 10):
        VectorFile(path, 1).keep({str(number).encode(): np.ones(1, dtype=np.float32)})


def test_several_may_write_one_file(tmp_path: Path) -> None:
    """None is turned away and none loses a row."""
    path = tmp_path / "v"
    with ThreadPoolExecutor(3) as pool:
        for job in [pool.submit(_write, path, first) for first in (0, 10, 20)]:
            job.result()
    with sqlite3.connect(path) as file:
        assert file.execute("SELECT COUNT(*) FROM vectors").fetchone() == (30,)


def test_meaning_goes_to_another_process_without_its_models(tmp_path: Path) -> None:
    """It opens them there."""
    sent = pickle.loads(pickle.dumps(Meaning(tmp_path / "v")))
    assert isinstance(sent, Meaning)
    assert sent.__reduce__() == Meaning(tmp_path / "v").__reduce__()

"""Questions that must not be asked: told from those that may be, in both languages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from interviewer.errors import SetupError
from interviewer.evaluation.given import Given
from interviewer.evaluation.metrics.prohibited_questions import ProhibitedQuestions
from interviewer.evaluation.prohibited import likeness
from interviewer.evaluation.prohibited.detector import Detector, Improper
from interviewer.evaluation.prohibited.dividing import divided, read_plane
from interviewer.evaluation.prohibited.likeness import Likeness, keep_vectors, prototypes
from interviewer.evaluation.speech import Speech
from interviewer.research.embedding import Embedder, Vectors
from interviewer.transcript import Transcript, Turn
from tests.unit.test_evaluation import library


class NoLikeness(Likeness):
    """A comparison that finds nothing."""

    def category(self, question: str, touches: bool) -> tuple[str, str] | None:
        """Find nothing."""
        return None


class Planted:
    """An embedder for which one question is an example of the list."""

    name = "minilm"
    digest = "cd" * 32
    dimension = 1024

    def __init__(self, question: str, example: str) -> None:
        """Keep what is to be alike."""
        self._alike = {question: example}

    def passages(self, texts: list[str]) -> Vectors:
        """Return one row a text."""
        return np.stack([self.question(text) for text in texts])

    def question(self, text: str) -> Vectors:
        """Return a direction of its own for each text, the example's for the planted one."""
        row = np.zeros(self.dimension, dtype=np.float32)
        seed = self._alike.get(text, text)
        row[sum(seed.encode()) * 31 % self.dimension] = 1
        row[len(seed)] += 2
        return row / np.linalg.norm(row)


def by_rules() -> Detector:
    """Return a detector without a model."""
    return Detector(NoLikeness)


@pytest.mark.parametrize(
    ("said", "category"),
    [
        ("What’s your date of birth?", "age"),
        ("I suppose you have kids.", "family"),
        ("Who picks the children up when you're away?", "family"),
        ("Would you be starting a family any time soon?", "pregnancy"),
        ("Would your faith keep you from Saturday work?", "religion"),
        ("What is your ethnic background?", "race"),
        ("That's a lovely accent; where is it from?", "origin"),
        ("How many sick days did you have last year?", "health"),
        ("Have you ever been arrested?", "arrest"),
        ("Do you have a criminal record?", "conviction"),
        ("How much are they paying you now?", "pay"),
        ("Are you a member of a trade union?", "union"),
        ("您孩子平时谁带呀？", "family"),
        ("近两年有要二胎的打算吗？", "pregnancy"),
        ("你老家是哪儿的？", "origin"),
        ("上一家公司给你开多少工资？", "pay"),
        ("听说您是党员？", "politics"),
    ],
)
def test_a_question_about_the_person_is_told_with_its_category(said: str, category: str) -> None:
    """Direct, roundabout, polite, and as a statement."""
    found = by_rules().improper(said, asks=True)
    assert found is not None
    assert (found.category, found.by) == (category, "rule")


@pytest.mark.parametrize(
    "said",
    [
        "Are you at least eighteen years old?",
        "Are you authorised to work in this country?",
        "Can you perform these duties with or without accommodation?",
        "The job needs travel twice a month; can you do that?",
        "Which languages do you speak as the post requires?",
        "What are your salary expectations?",
        "How do you split a parent task into child tasks?",
        "How did you find the race condition?",
        "What skills from your time in the army would help you here?",
        "这个岗位每周要出差两天，您能做到吗？",
        "您的期望薪资是多少？",
        "您是否年满十八周岁？",
        "您怎么设计父任务和子任务的依赖？",
    ],
)
def test_what_may_be_asked_in_its_place_is_left_alone(said: str) -> None:
    """Permitted forms, and words of the work that only look alike."""
    assert by_rules().improper(said, asks=True) is None


@pytest.mark.parametrize(
    "said",
    ["We have two children's wards and a union agreement.", "我们工会每年组织一次旅行。"],
)
def test_what_an_examiner_tells_of_the_employer_is_no_question(said: str) -> None:
    """A statement counts only where it speaks to the candidate."""
    assert by_rules().improper(said, asks=False) is None


def test_what_no_rule_knows_is_found_by_its_likeness() -> None:
    """A question near an example and to nothing that may be asked; not a statement, not far."""
    example = next(e.text for e in prototypes("en") if e.category == "age" and e.improper)
    question = "How do you like the old garden by the lake?"
    embedder = Planted(question, example)

    def opened(language: str) -> Likeness:
        return Likeness(language, lambda name: embedder)

    detector = Detector(opened)
    found = detector.improper(question, asks=True)
    assert found == Improper("age", example, "likeness")
    assert detector.improper(question, asks=False) is None
    assert detector.improper("How old is that beautiful song you built?", asks=True) is None


def test_without_a_model_rules_alone_decide() -> None:
    """A model that is not installed is no error."""

    def missing(name: str) -> Embedder:
        raise SetupError("It is not installed.")

    assert (
        Likeness("en", missing).category("How do you like the old garden?", touches=True) is None
    )


def test_vectors_of_examples_are_made_with_their_questions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file by the model's name, read again without embedding; a plane with what is usual."""
    embedder = Planted("", "")
    monkeypatch.setattr(likeness, "open_embedder", lambda name: embedder)
    (path,) = keep_vectors("en", tmp_path)
    assert path.name == "vectors.minilm.npz"
    assert path.stat().st_size > 0
    vectors, plane = keep_vectors("en", tmp_path, ["How did you plan the work?"])
    assert vectors == path
    assert read_plane(plane, embedder.digest) is not None
    assert read_plane(plane, "ef" * 32) is None
    assert read_plane(tmp_path / "none.npz", embedder.digest) is None


def test_a_plane_tells_sides_apart_that_no_example_is_near_to() -> None:
    """What improper examples have in common tells, whatever else is in a question."""
    random = np.random.default_rng(7)
    vectors = random.normal(0, 0.05, (200, 8)).astype(np.float32)
    improper = np.arange(200) % 2 == 0
    vectors[improper, 3] += 1
    plane = divided("ab" * 32, vectors, improper)
    far = np.zeros(8, dtype=np.float32)
    far[[3, 5]] = 1
    assert plane.side(far) > 1
    far[3] = 0
    assert plane.side(far) < -1


@pytest.mark.parametrize(
    ("language", "hint", "permitted"),
    [
        (
            "en",
            "Will you be carrying a happy burden by the spring?",
            "Where do you live?",
        ),
        ("zh", "天天忙到半夜，屋里那位不生气吗？", "您在哪个部门上班？"),
    ],
)
def test_with_its_real_model_a_hint_is_found_and_its_counterpart_is_not(
    language: str, hint: str, permitted: str
) -> None:
    """The models that come with the program are opened; no rule knows this hint."""
    assert by_rules().improper(hint, asks=True) is None
    detector = Detector()
    found = detector.improper(hint, asks=True)
    assert found is not None
    assert found.by == "likeness"
    assert detector.improper(permitted, asks=True) is None


def said(*texts: str) -> Speech:
    """Return an interview in which an examiner says these."""
    return Speech(Transcript("t", turns=tuple(Turn(None, "assistant", text) for text in texts)))


def test_a_finding_names_category_severity_pack_and_source() -> None:
    """The strictest rule is the evidence; others are named; it is no legal advice."""
    metric = ProhibitedQuestions(library(), detector=by_rules())
    seen = metric.score(said("Tell me about your last project.", "How much do you earn now?"))
    (finding,) = seen.findings
    assert seen.value == 0.5
    assert (finding.seq, finding.tag, finding.severity) == (2, "pay", "critical")
    assert finding.evidence.startswith("us-ca: California Labor Code 432.3")
    assert "also eu (critical)" in finding.reason
    assert finding.reason.endswith("Guidance, not legal advice.")


def test_a_statement_that_draws_an_answer_out_counts_as_asked() -> None:
    """It is found and counted; an interview that asks nothing has no value."""
    metric = ProhibitedQuestions(library(), detector=by_rules())
    assert metric.score(said("I suppose you have kids.")).value == 1.0
    assert metric.score(said("Good morning.")).value is None


def test_what_no_chosen_jurisdiction_bars_is_no_finding() -> None:
    """The question still counts as asked."""
    metric = ProhibitedQuestions(library(), detector=by_rules())
    allowed = metric.informed(Given(jurisdictions=("us-federal", "uk")))
    assert allowed.score(said("How much do you earn now?")).value == 0.0
    assert metric.informed(Given()).score(said("How much do you earn now?")).value == 1.0

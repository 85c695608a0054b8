"""The studio: copies laid over the content, what is wrong with one, versions and differences."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from interviewer.content.copies import Piece, digest_of, piece_named, pieces_of, with_copies
from interviewer.content.library import Library
from interviewer.errors import ContentError, InputError, NotThereError
from interviewer.evaluation.metric import Score, chosen, known_metrics
from interviewer.evaluation.report import Evaluation, evaluation_of
from interviewer.evaluation.running import Scored
from interviewer.interview.plan_file import plan_from_json, plan_hash, plan_record
from interviewer.interview.planning import build_plan
from interviewer.interview.wishing import make_wish
from interviewer.studio.lint import Draft, Note, lint
from interviewer.studio.setting import ByWords, setting_for
from interviewer.studio.trial import compared
from interviewer.studio.versions import (
    LONGEST_TEXT,
    Figure,
    Verdict,
    Version,
    check_publishable,
    checked_text,
    difference,
    verdict_of,
    verdict_record,
)
from interviewer.transcript import Passage
from tests.conftest import ROOT, TODAY

FOLDER = ROOT / "personas"
PHRASES = Piece("phrases", "hr", "en")


def shipped(piece: Piece) -> str:
    """Return a file as it comes."""
    return (FOLDER / piece.file).read_text(encoding="utf-8")


def edited(piece: Piece, old: str, new: str) -> str:
    """Return a file with one place of it changed."""
    text = shipped(piece)
    assert old in text
    return text.replace(old, new, 1)


def notes(library: Library, piece: Piece, text: str) -> list[Note]:
    """Return what is wrong with a text."""
    return list(lint(Draft(piece, text, shipped(piece), {}), library, FOLDER))


def tags(library: Library, piece: Piece, text: str) -> set[tuple[str, int | None]]:
    """Return the kinds of what is wrong, with their lines."""
    return {(note.tag, note.line) for note in notes(library, piece, text)}


def at(piece: Piece, words: str) -> int:
    """Return the line of a file on which words stand."""
    return next(n for n, line in enumerate(shipped(piece).splitlines(), 1) if words in line)


def test_nothing_stands_out_in_any_file_as_it_comes(library: Library) -> None:
    """A file that comes with the project was looked at when it was written."""
    for piece in pieces_of(library):
        assert notes(library, piece, shipped(piece)) == [], piece.file


@pytest.mark.parametrize(
    ("old", "new", "tag"),
    [
        ('"Thank you.",', '"Great answer, well done.",', "praise"),
        ('"Thank you.",', '"That gets full marks, thank you.",', "leak"),
        ('"Let\'s dive in.",', '"I suppose you are married.",', "improper"),
        ('"Let\'s dive in.",', '"As an AI language model I begin.",', "role"),
        ('"Let\'s dive in.",', '"我们开始吧。",', "tongue"),
        ('"Let\'s dive in.",', '"Let me start with the work itself.",', "same"),
        ("{name}, {title}", "{nam}, {title}", "fault"),
        ('"Thank you.",', '"Is that all?",', "fault"),
    ],
)
def test_what_an_examiner_must_not_say_stands_out_with_its_line(
    library: Library, old: str, new: str, tag: str
) -> None:
    """Praise, words of the assessment, improper topics and forgotten slots, each by its line."""
    if tag == "same":
        said = library.personas["technical"].phrasebooks["en"].variants("open.first")[0]
        new = f'"{said}",'
    text = edited(PHRASES, old, new)
    assert (tag, at(PHRASES, old.strip(",").strip('"'))) in tags(library, PHRASES, text)


def test_broken_toml_names_its_line_and_keeps_the_rest_out(library: Library) -> None:
    """A text that is no table has one fault, whose line is told."""
    found = notes(library, PHRASES, shipped(PHRASES) + '\n[open\nhello = "x"\n')
    assert [note.tag for note in found] == ["fault"]
    assert found[0].line == shipped(PHRASES).count("\n") + 2


def test_a_prompt_that_forgets_or_invents_a_name_stands_out(library: Library) -> None:
    """Unknown and forgotten names of a template are told, as `interviewer check` tells them."""
    prompt = Piece("prompt", "hr", "en")
    found = notes(library, prompt, edited(prompt, "{{ move.text }}", "{{ score }}"))
    assert any("score" in note.said for note in found)
    forgotten = notes(library, prompt, "{{ move.text }}\n")
    assert any("never uses: rules" in note.said for note in forgotten)


def test_the_anchors_of_a_competency_are_leaked_by_no_question_and_no_prompt(
    library: Library,
) -> None:
    """What a full answer holds stands out wherever an examiner might say it."""
    anchor = library.rubrics["teamwork_conflict"].anchors[5]
    rubric, prompt = Piece("rubric", "teamwork_conflict"), Piece("prompt", "hr", "zh")
    question = library.rubrics["teamwork_conflict"].questions[0].text["en"]
    asked = edited(rubric, question, f"Tell me of a time with {anchor['en'].rstrip('.')}?")
    assert "leak" in {tag for tag, _ in tags(library, rubric, asked)}
    assert "leak" in {tag for tag, _ in tags(library, prompt, shipped(prompt) + anchor["zh"])}


def test_a_limit_that_is_taken_from_an_examiner_stands_out(library: Library) -> None:
    """Who no longer stays away from a verdict is told so."""
    persona = Piece("persona", "hr")
    text = edited(persona, '"verdict", ', "")
    assert [(n.tag, n.said) for n in notes(library, persona, text)] == [("limit", "verdict")]


def test_a_format_that_its_examiners_cannot_hold_stands_out(library: Library) -> None:
    """The checks between files hold for a copy too."""
    piece = Piece("format", "company")
    text = re.sub(r'persona = "hr"', 'persona = "nobody"', shipped(piece), count=1)
    assert "nobody" in " ".join(note.said for note in notes(library, piece, text))


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in rules %}{% for b in rules %}{{ b }}{% endfor %}{% endfor %}{{ move.text }}",
        "{% for a in persona.mandate %}{{ a }}{% endfor %}{{ move.text }}{{ rules|join }}",
        "{{ persona.mandate|join(persona.mandate) }}{{ move.text }}{{ rules|join }}",
        "{{ rules|join(persona.mandate) }}{{ move.text }}",
        "{{ " + "(" * 4000 + "move.text" + ")" * 4000 + " }}{{ rules|join }}",
        "{% include 'a\\x00b' %}{{ move.text }}{{ rules|join }}",
        "{% include 'x.md' %}" * 11 + "{{ move.text }}{{ rules|join }}",
    ],
)
def test_no_template_of_anybodys_can_grow_or_break_the_program(
    library: Library, template: str
) -> None:
    """Nested loops, loops over characters, depth without end: each is a fault."""
    with pytest.raises(ContentError):
        with_copies(library, FOLDER, {Piece("prompt", "hr", "en"): template})


@pytest.mark.parametrize("text", ["a = " + "[" * 50_000, "schema = " + "9" * 6_000])
def test_no_table_of_anybodys_can_break_the_program(library: Library, text: str) -> None:
    """Depth and digits beyond what Python reads are faults like others."""
    with pytest.raises(ContentError):
        with_copies(library, FOLDER, {Piece("persona", "hr"): text})


def test_a_copy_speaks_in_its_library_and_in_no_other(library: Library) -> None:
    """The library it was laid over stays as it was; the version tells which copy it is."""
    text = edited(PHRASES, '"Thank you.",', '"Right, thank you kindly.",')
    copied = with_copies(library, FOLDER, {PHRASES: text})
    said = copied.personas["hr"].phrasebooks["en"].variants("ack.plain")
    assert "Right, thank you kindly." in said
    assert "Right, thank you kindly." not in str(library.personas["hr"].phrasebooks["en"])
    assert re.fullmatch(r"1\.0\+[0-9a-f]{12}", copied.personas["hr"].about.version)
    assert copied.personas["boss"] is library.personas["boss"]
    assert copied.copies == {"hr/phrases.en.toml": digest_of(text)}
    assert with_copies(library, FOLDER, {}) is library


@pytest.mark.parametrize(
    ("piece", "old", "new"),
    [
        (Piece("persona", "hr"), 'id = "hr"', 'id = "hx"'),
        (Piece("persona", "hr"), "hr.svg", "boss.svg"),
        (Piece("persona", "hr"), '"communication"', '"nowhere"'),
        (Piece("rubric", "communication"), 'id = "communication"', 'id = "other"'),
    ],
)
def test_a_copy_stays_the_file_it_is_a_copy_of(
    library: Library, piece: Piece, old: str, new: str
) -> None:
    """Another id, another drawing or a competency that is not there are faults."""
    with pytest.raises(ContentError):
        with_copies(library, FOLDER, {piece: edited(piece, old, new)})


def test_only_files_of_the_content_can_be_copied(library: Library) -> None:
    """A name from an address opens nothing else."""
    assert piece_named(library, "phrases", "hr", "en") == PHRASES
    for kind, name, language in [
        ("phrases", "../hr", "en"),
        ("words", "hr", ""),
        ("rubric", "x", ""),
    ]:
        with pytest.raises(NotThereError):
            piece_named(library, kind, name, language)


def test_a_plan_records_which_copies_it_was_made_from(library: Library) -> None:
    """Digests of those that are used, by file; the plan is another one, and is read as written."""
    rubric = Piece("rubric", "communication")
    other = Piece("rubric", "cn_plan")
    text = edited(PHRASES, '"Thank you.",', '"Right, thank you kindly.",')
    copies = {PHRASES: text, rubric: shipped(rubric), other: shipped(other)}
    copied = with_copies(library, FOLDER, copies)
    plans = [
        build_plan(made, make_wish(
            made, company="brightwell", role="data-engineer", seed=3, today=TODAY,
            passages=lambda _: (), format_id="single:hr",
        ))
        for made in (library, copied)
    ]  # fmt: skip
    assert plans[0].copies == {}
    assert plans[1].copies[PHRASES.file] == digest_of(text)
    assert other.file not in plans[1].copies
    assert plan_hash(plans[0]) != plan_hash(plans[1])
    record = plan_record(plans[1])
    assert plan_from_json(record, plans[1].passages) == plans[1]
    assert replace(plans[1], copies={}).rounds[0].version == copied.personas["hr"].about.version


def test_a_difference_tells_lines_that_came_and_went_with_their_numbers() -> None:
    """What stands far from a change is left out, and said to be."""
    before = "".join(f"line {n}\n" for n in range(1, 21))
    now = before.replace("line 10\n", "another\nand one\n")
    lines = difference(before, now)
    assert [(x.sign, x.before, x.now) for x in lines if x.sign in ("out", "in")] == [
        ("out", 10, None), ("in", None, 10), ("in", None, 11),
    ]  # fmt: skip
    assert lines[0].sign == "gap"
    assert difference(now, now) == ()


def test_a_text_is_kept_with_line_feeds_and_within_bounds() -> None:
    """What a browser sends becomes what a file holds."""
    assert checked_text("a\r\nb\rc\n\n") == "a\nb\nc\n"
    for text in ("x" * (LONGEST_TEXT + 1), "a\x00b", "a\ud800b"):
        with pytest.raises(InputError):
            checked_text(text)


FIGURE = Figure("role_breaks", 0.0, 2.5, 2.5, (1.0, 4.0), "lower", worse=True)
KEPT = Version(PHRASES, 1, "x", digest_of("x"), "2026-11-27T12:00:00Z")


@pytest.mark.parametrize(
    ("verdict", "reason", "kept"),
    [
        (None, "a good reason to do it", None),
        (Verdict("another", 12), "", None),
        (Verdict("now", 12), "not needed here", ""),
        (Verdict("now", 12, (FIGURE,)), "", None),
        (Verdict("now", 12, (FIGURE,)), "short", None),
        (Verdict("now", 12, (FIGURE,)), " for  one drill only ", "for one drill only"),
        (Verdict("now", 12, (), {"praise": 1}), "", None),
    ],
)
def test_a_worse_version_is_published_with_a_reason_and_an_untried_one_never(
    verdict: Verdict | None, reason: str, kept: str | None
) -> None:
    """The trial must be one against what counts now; the reason is kept on one line."""
    version = replace(KEPT, verdict=verdict)
    if kept is None:
        with pytest.raises(InputError):
            check_publishable(version, "now", reason)
    else:
        assert check_publishable(version, "now", reason) == kept


def test_a_verdict_is_read_as_it_was_written() -> None:
    """Figures, intervals and remarks come back from their record."""
    verdict = Verdict("now", 12, (FIGURE, replace(FIGURE, ci95=None)), {"leak": 2})
    assert verdict_of(verdict_record(verdict)) == verdict
    assert verdict.worse == ("role_breaks", "role_breaks", "leak")


@pytest.mark.parametrize(
    ("metric", "change", "worse"),
    [("role_breaks", (0.0, 0.0, 0.0, 1.0), True), ("role_breaks", (0.0,) * 4, False),
     ("repetition", (0.0, 0.0, 0.0, 1.0), False), ("repetition", (0.2, 0.3, 0.25, 0.2), True),
     ("repetition", (-0.2, -0.3, -0.25, -0.2), False)],
)  # fmt: skip
def test_worse_is_what_chance_does_not_explain_and_any_break_of_the_part(
    library: Library, metric: str, change: tuple[float, ...], worse: bool
) -> None:
    """Figures are held against each other in pairs; of some any step to the wrong side counts."""
    metrics = chosen(known_metrics(library), [metric])

    def evaluated(values: Sequence[float]) -> Evaluation:
        names = [f"{number}" for number in range(len(values))]
        pairs = zip(names, values, strict=True)
        return evaluation_of([Scored(n, n, {metric: Score(v)}) for n, v in pairs], metrics)

    (figure,) = compared(evaluated([0.5] * 4), evaluated([0.5 + step for step in change]))
    assert figure.worse is worse
    assert figure.difference == pytest.approx(sum(change) / 4)


def test_what_answers_in_a_trial_shares_the_words_of_the_question(
    library: Library, research: dict[str, tuple[Passage, ...]]
) -> None:
    """An exact sentence of a passage, or nothing."""
    by_words = ByWords(research["brightwell"])
    passage = next(p for p in research["brightwell"] if p.topic == "performance")
    asked = passage.text.partition(".")[0]
    (found,) = asyncio.run(by_words.find("brightwell", asked))
    assert found.sentence in found.passage.text
    assert asyncio.run(by_words.find("brightwell", "Zugunruhe of the bramblings?")) == ()


def test_what_no_examiner_has_is_not_tried(library: Library) -> None:
    """A test on paper and its competency have no interview; everything else has."""
    alone = {Piece("rubric", "written_work"), Piece("format", "written")}
    for piece in pieces_of(library):
        if piece in alone:
            with pytest.raises(InputError):
                setting_for(library, piece, "en", ["brightwell"])
        else:
            made = setting_for(library, piece, "en", ["brightwell", "chengyuan"])
            assert made.language == (piece.language or "en")
            assert made.company == ("chengyuan" if piece.language == "zh" else "brightwell")
    with pytest.raises(InputError, match="employer"):
        setting_for(library, PHRASES, "en", [])

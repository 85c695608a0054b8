"""What metrics write in English, reports say in Chinese too: no sentence is without a form."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewer.evaluation.mutation.card import committed_card, told_of
from interviewer.evaluation.prohibited.detector import CATEGORIES
from interviewer.evaluation.wording import LANGUAGES, wording
from tests.conftest import ROOT

ROOM = ROOT / "interviewer" / "evaluation"
WRITERS = (*sorted((ROOM / "metrics").glob("*.py")), ROOM / "metric.py", ROOM / "reading.py")
# The sentence of a rule stands with the rules.
WITHOUT = ("prohibited_questions",)
# Said on the way in, before there is any report.
BEFORE = re.compile(
    r"is not there\.|No transcripts there|cannot be read \(|There is no metric|is a rater among"
)


def _written(file: Path) -> Iterator[str]:
    """Yield the sentences a module writes, X for what is put into them."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
              for part in node.values}  # fmt: skip
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (p.value if isinstance(p, ast.Constant) else "X" for p in node.values)
            text = "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if id(node) not in told | inside and re.fullmatch(r"(?:[A-Z]|X).* .*[.]", text):
            yield text


def _sentences(file: Path) -> list[str]:
    return [text for text in _written(file) if not BEFORE.search(text)]


@pytest.mark.parametrize("file", WRITERS, ids=lambda file: file.stem)
def test_a_sentence_of_a_metric_is_said_in_chinese(file: Path) -> None:
    """Whole sentences that a module writes have a form, which has Chinese in it."""
    told = wording("zh").told
    for text in _sentences(file):
        assert re.search("[\u4e00-\u9fff]", told(text)), text


def test_the_sentences_of_metrics_are_found() -> None:
    """Every metric has some, but for those that have their words elsewhere."""
    found = {file.stem for file in WRITERS if _sentences(file)}
    assert found >= set(committed_card().document["metrics"]) - set(WITHOUT)
    assert sum(len(_sentences(file)) for file in WRITERS) > 50


@pytest.mark.parametrize("told_by", ["its words", "its likeness to"])
@pytest.mark.parametrize("others", ["", "; also eu (critical), uk (serious)"])
def test_what_is_barred_is_said_in_chinese(told_by: str, others: str) -> None:
    """Category and severity are terms; words and packs stay as they are."""
    sentence = (
        f"It asks about religion, told by {told_by} “your church”: critical in us-ca{others}. "
        "Guidance, not legal advice."
    )
    said = wording("zh").told(sentence)
    assert said.startswith("它问到宗教信仰，")
    assert "“your church”" in said
    assert "在 us-ca 属严重" in said
    assert ("eu (严重), uk (较重)" in said) is bool(others)
    assert said.endswith("不是法律意见。")


def test_the_card_and_every_term_are_said_in_chinese() -> None:
    """The sentence of the committed card, up to date or not; categories and operators."""
    words, card = wording("zh"), committed_card()
    for versions in (card.document["metrics"], {"grounding": "0", "charm": "1"}):
        assert words.told(told_of(card, versions)).startswith("可信度卡片：")
    assert all(words.term(name) != name for name in CATEGORIES)
    seen = {row.operator for row in card.rows()}
    assert all(words.term(name) != name for name in seen)
    assert set(words.about) == set(card.document["metrics"])


def test_both_languages_have_the_same_words() -> None:
    """With the same names in braces; what no form knows stays as it is."""
    one, other = (wording(language) for language in LANGUAGES)
    for table in ("page", "markdown", "details"):
        english, chinese = getattr(one, table), getattr(other, table)
        assert list(english) == list(chinese)
        for name, text in english.items():
            assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", chinese[name]))
    assert one.told("The charm is gone.") == other.told("The charm is gone.")
    assert other.told("The research has no " + "x" * 2000 + ".").startswith("The research")

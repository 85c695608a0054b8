"""Every jurisdiction says of every category how severe it is and by what source."""

from __future__ import annotations

import re
from datetime import date

import pytest

from interviewer.errors import UsageError
from interviewer.evaluation.prohibited.detector import CATEGORIES
from interviewer.evaluation.prohibited.likeness import (
    FOLDER,
    MODELS,
    ORDINARY,
    prototypes,
)
from interviewer.evaluation.prohibited.packs import (
    IDS,
    NOTICE,
    SEVERITIES,
    jurisdictions,
    pack,
    strictest,
)
from interviewer.evaluation.prohibited.rules import rules_for
from interviewer.research.embedding import open_embedder
from interviewer.research.known_vectors import KnownVectors
from tests.conftest import ROOT

SETS = ROOT / "benchmarks" / "prohibited_questions"


@pytest.mark.parametrize("jurisdiction", IDS)
def test_every_rule_has_a_severity_and_a_source(jurisdiction: str) -> None:
    """All categories, each with a law or guidance, who made it, and that it is no advice."""
    found = pack(jurisdiction)
    assert found.id == jurisdiction
    assert found.notice == NOTICE
    assert set(found.rules) == set(CATEGORIES)
    for rule in found.rules.values():
        assert rule.severity in SEVERITIES
        assert min(map(len, (rule.source, rule.publisher, rule.note))) > 3
        assert re.search(r"\d|第.+条|《.+》|EEOC", rule.source), rule.source
        assert rule.checked is False or date.fromisoformat(rule.checked) >= date(2026, 11, 27)
        assert bool(rule.read) is bool(rule.checked), rule


@pytest.mark.parametrize("language", MODELS)
@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_examples_of_both_kinds(category: str, language: str) -> None:
    """Improper ones and permitted counterparts; rules know every improper kind."""
    own = [entry for entry in prototypes(language) if entry.category == category]
    assert sum(entry.improper for entry in own) >= 5
    assert sum(not entry.improper for entry in own) >= 3
    assert category in rules_for(language).topics


@pytest.mark.parametrize("language", MODELS)
def test_every_category_has_one_file_of_rules(language: str) -> None:
    """The order names every category, and no file is forgotten."""
    files = {file.stem for file in (FOLDER / "rules" / language).glob("*.toml")}
    assert files == {*CATEGORIES, "common"}
    assert set(rules_for(language).topics) == set(CATEGORIES)


@pytest.mark.parametrize("language", MODELS)
def test_examples_are_other_than_the_sentences_they_are_measured_with(language: str) -> None:
    """No example stands in the sets of the benchmark, and none stands twice."""
    measured = {
        line
        for kind in ("direct", "indirect", "permitted")
        for line in (SETS / f"{kind}.{language}.txt").read_text(encoding="utf-8").splitlines()
    }
    texts = [entry.text for entry in prototypes(language)]
    assert not [text for text in texts if text in measured]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("language", MODELS)
def test_vectors_of_examples_are_fresh(language: str) -> None:
    """Every example is found without a model; `make vectors` makes the file."""
    embedder = open_embedder(MODELS[language])
    known = KnownVectors(embedder, [FOLDER])
    assert not [entry.text for entry in prototypes(language) if not known.knows(entry.text)]
    assert any(entry.category == ORDINARY for entry in prototypes(language))


def test_jurisdictions_differ_where_the_law_does() -> None:
    """Past pay is barred in California and the EU; records may be asked for in China."""
    assert strictest("pay", ["us-federal"]) == ()
    assert [rule.pack for rule in strictest("pay", ["us-federal", "us-ca"])] == ["us-ca"]
    assert [rule.pack for rule in strictest("pay", ["uk", "eu"])] == ["eu"]
    assert strictest("conviction", ["us-ca"])[0].severity == "critical"
    assert strictest("conviction", ["us-federal"])[0].severity == "minor"
    assert strictest("conviction", ["cn"]) == ()
    assert "第四十三条" in strictest("pregnancy", ["cn"])[0].source


def test_jurisdictions_are_named_with_commas_and_all_hold_without() -> None:
    """Known ones in their order, once each; an unknown one is refused in a sentence."""
    assert jurisdictions("") == IDS
    assert jurisdictions(" uk, eu,uk") == ("uk", "eu")
    with pytest.raises(UsageError, match=r"no rules for 'atlantis'\. Choose among us-federal"):
        jurisdictions("uk,atlantis")

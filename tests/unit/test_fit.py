"""What the fit table and the reading of an advert promise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.interview.fit import fit_table, is_shown
from interviewer.interview.requirements import (
    Requirement,
    advert_requirements,
    alternatives,
    merged,
    short,
    shows,
    units_of,
)
from interviewer.interview.self_assessment import SelfAssessment

CV = """Married, two children

Work
Clerk, Acme, 2016 – now
- Built the nightly load for 210 shops
  in Airflow
- Explained figures to shop managers

Skills
SQL, Rust
"""


def test_each_row_says_who_asks_who_shows_it_and_where() -> None:
    """Evidence is an exact part of the CV with its line; what nothing shows is a gap, last."""
    asked = [
        Requirement("event streams with Kafka"), Requirement("Airflow or another scheduler"),
        Requirement("explaining figures", origin="advert"), Requirement("Rust", must=False),
        Requirement("a forklift licence", must=False),
    ]  # fmt: skip
    rows = {row.requirement: row for row in fit_table(CV, asked, "en")}
    airflow = rows["Airflow or another scheduler"]
    assert (airflow.witness, airflow.line, airflow.advice) == ("cv", 5, "tell")
    assert airflow.evidence == "Built the nightly load for 210 shops\n  in Airflow"
    assert airflow.evidence in CV
    assert (rows["explaining figures"].advice, rows["explaining figures"].origin) == (
        "figure", "advert",
    )  # fmt: skip
    gaps = [row for row in rows.values() if row.gap]
    assert [(row.requirement, row.advice) for row in gaps] == [
        ("event streams with Kafka", "bridge"), ("a forklift licence", "learn"),
    ]  # fmt: skip
    assert list(rows.values())[-2:] == gaps
    assert all(row.witness is None and row.line is None for row in gaps)


def test_ones_own_word_counts_where_the_cv_is_silent() -> None:
    """It is marked as such and stands after what the CV shows; wishes and weaknesses are none."""
    own = SelfAssessment(
        strengths="I keep calm on the on-call rota. I know SQL.", weaknesses="Kafka is new to me.",
        life_goals="To teach forklift drivers.",
    )  # fmt: skip
    asked = [Requirement(t) for t in ("on-call rota", "SQL", "Kafka", "forklift drivers")]
    rows = fit_table(CV, asked, "en", own)
    assert [(row.requirement, row.witness) for row in rows] == [
        ("SQL", "cv"), ("on-call rota", "self"), ("Kafka", None), ("forklift drivers", None),
    ]  # fmt: skip
    assert rows[1].evidence == "I keep calm on the on-call rota."
    assert rows[1].advice == "occasion"
    assert rows[1].line is None
    assert [row.witness for row in fit_table("", asked[:1], "en", own)] == ["self"]


def test_the_nearest_line_is_named_for_a_gap() -> None:
    """A line that shows a part of what is asked is the bridge; none is none."""
    asked = [Requirement("nightly planning of lorries and drivers"), Requirement("fluent Polish")]
    near, far = fit_table(CV, asked, "en")
    assert near.gap
    assert (near.nearest or "none") in CV
    assert (far.gap, far.nearest) == (True, None)


def test_private_lines_are_no_evidence() -> None:
    """Nothing about the person shows a requirement."""
    (row,) = fit_table(CV, [Requirement("children")], "en")
    assert row.gap


def test_a_long_quote_is_its_first_line() -> None:
    """What is too long to be read at a glance is cut at the line's end."""
    cv = "Work\n- Airflow " + "and so on " * 20 + "\n  " + "and on " * 15
    (row,) = fit_table(cv, [Requirement("Airflow")], "en")
    assert row.evidence is not None
    assert "\n" not in row.evidence
    assert row.evidence in cv


def test_chinese_is_compared_by_pairs_of_characters() -> None:
    """Words need not be parted; a name of a tool in Chinese text weighs more."""
    cv = "工作经历\n- 带领8名教研员，编写讲义36册\n- 用Flink搭建实时库存流\n"
    asked = ["有带领教研团队的经验", "使用过Kafka、Flink或同类工具", "招生咨询和电话销售"]
    rows = fit_table(cv, [Requirement(text) for text in asked], "zh")
    assert [row.evidence for row in rows] == [
        "带领8名教研员，编写讲义36册", "用Flink搭建实时库存流", None,
    ]  # fmt: skip


def test_what_says_nothing_is_always_shown() -> None:
    """A requirement without telling words is no gap for the plan."""
    assert is_shown(CV, "good experience")
    assert not is_shown(CV, "fluent Polish")


@pytest.mark.parametrize(
    ("text", "requirement", "shown"),
    [
        ("PostgreSQL at night", "SQL", True), ("a manager", "R", False), ("R and Go", "R", True),
        ("accounts", "accountants and accounts", True), ("数据仓库", "熟悉数据仓库", True),
        ("会计", "熟", False),
    ],
)  # fmt: skip
def test_signs_are_words_not_letters(text: str, requirement: str, shown: bool) -> None:
    """A short name must be a whole word; endings do not matter."""
    assert shows(text, requirement) is shown


def test_parts_that_meet_a_requirement_alone() -> None:
    """Either side of an "or" does when it tells enough; a lone small word does not."""
    assert len(alternatives("use of Airflow or another scheduler for data")) == 3
    assert len(alternatives("bookings or shifts")) == 1
    assert [unit.signs for unit in units_of("a good 熟悉")] == []


ADVERT = """# Clerk

About us
- Nice office in town

## What you bring
You must have:
- SQL
- two years with **pipelines** that somebody relied on. And more.
- under 35 years old
- a [link]
- x
It helps if you have:
- Rust, ideally
- Rust, ideally

We offer
- Tea

任职要求：熟悉Excel；会开车优先；35岁以下
1、本科以上学历
（2）持有会计证者优先
"""


def test_an_advert_gives_what_it_asks_for_and_how_strongly() -> None:
    """Points under a heading that asks; wishes do not insist; what none may ask stays out."""
    found = advert_requirements(ADVERT, "en")
    assert [(r.text, r.must, r.origin) for r in found] == [
        ("SQL", True, "advert"),
        ("two years with pipelines that somebody relied on", True, "advert"),
        ("Rust, ideally", False, "advert"),
        ("熟悉Excel", True, "advert"),
        ("会开车优先", False, "advert"),
        ("本科以上学历", True, "advert"),
        ("持有会计证者优先", False, "advert"),
    ]
    assert advert_requirements(None, "en") == ()


def test_what_post_and_advert_both_ask_is_one_row() -> None:
    """The post's wording stays, and what only the advert says is added."""
    sql, kafka = Requirement("SQL"), Requirement("Kafka", origin="advert")
    assert merged([sql], [Requirement("strong SQL skills", origin="advert"), kafka]) == (
        sql,
        kafka,
    )


def test_a_line_is_cut_so_that_it_can_be_said() -> None:
    """At a sentence or clause end; what is too short, too long or marked up is none."""
    assert short("Wrote one long report, " + "very " * 20, "en") == "Wrote one long report"
    for text in ("", "Led.", "very " * 30, "Wrote [a report] of ours"):
        assert short(text, "en") is None


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_texts_can_be_compared(cv: str, requirement: str) -> None:
    """Whatever is asked and shown, evidence is a part of the CV."""
    (row,) = fit_table(cv, [Requirement(requirement)], "en")
    assert row.evidence is None or row.evidence in cv
    advert_requirements(f"Requirements\n- {requirement}", "zh")

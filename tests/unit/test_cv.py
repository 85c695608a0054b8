"""What the reading of a CV promises, over layouts; `benchmarks.profiles` has whole specimens."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.profiles import CVS, MEASURES, SETS, Count, forms, measured, specimens
from interviewer.interview.cv import read_cv
from interviewer.interview.cv_lines import cv_lines, is_private, says_work
from interviewer.interview.profile import work_lines
from tests.conftest import ROOT

SPECIMENS = [specimen for name in SETS for specimen in specimens(CVS / name)]


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda specimen: specimen.name)
def test_nothing_private_comes_through(specimen: object) -> None:
    """Of no specimen anything on the person is read as a post, a claim or a line of work."""
    for _, text in forms(specimen):  # type: ignore[arg-type]
        kept = measured(specimen, text)["private kept out"]  # type: ignore[arg-type]
        assert kept.found == kept.of


def test_the_specimens_are_read_as_well_as_they_were() -> None:
    """The shares found do not fall below what the first measurement gave."""
    total = dict.fromkeys(MEASURES, Count())
    for specimen in SPECIMENS:
        counts = measured(specimen, specimen.text)
        total = {name: total[name] + counts[name] for name in MEASURES}
    least = {
        "posts": 1.0, "dates": 1.0, "education": 1.0, "breaks": 1.0, "skills": 0.95,
        "numbers": 0.98, "projects": 1.0, "posts that are": 1.0, "skills that are": 0.95,
        "private kept out": 1.0, "shown": 0.8, "gaps": 1.0,
    }  # fmt: skip
    assert set(least) == set(MEASURES)
    for name, share in least.items():
        assert total[name].of > 0
        assert total[name].found / total[name].of >= share, (name, str(total[name]))


@pytest.mark.parametrize("path", sorted(ROOT.glob("knowledge/*/try/cv*.md")), ids=lambda p: p.stem)
def test_the_cvs_to_try_have_no_break_and_no_false_post(path: Path) -> None:
    """Each post is one of the CV's own headings."""
    text = path.read_text(encoding="utf-8")
    headings = [line for line in text.splitlines() if line.startswith("###")]
    record = read_cv(text, "2026-11")
    assert record.posts
    assert all(any(post.title in heading for heading in headings) for post in record.posts)
    assert record.breaks == ()


def test_quotes_are_exact_parts_of_the_cv() -> None:
    """Every line's quote stands in the CV as it is, broken lines with their breaks."""
    for specimen in SPECIMENS:
        for line in cv_lines(specimen.text):
            assert line.quote in specimen.text
            assert line.quote.split()[0] in specimen.text.splitlines()[line.number - 1]


@pytest.mark.parametrize(
    "text",
    [
        "Date of birth: 12.04.1989", "Married, two children", "Single", "Status: single",
        "Nationality: Swedish", "Mother tongue: Polish", "Maternity leave", "Parental leave 2020",
        "Caring for my father", "jo@example.org", "Phone: 0114 555", "Gender: female",
        "Trade union member", "Expected salary: 40k", "34 years old", "Stay-at-home parent",
        "出生年月：1991.05", "已婚已育", "29岁", "政治面貌：党员", "汉族", "产假", "照顾父母",
        "男", "期望薪资：15K", "因车祸住院", "身高：170cm", "138-0000-0000",
    ],
)  # fmt: skip
def test_a_line_about_the_person_is_private(text: str) -> None:
    """Family, health, origin, belief, age, pay and how to be reached are nobody's business."""
    assert is_private(text)


@pytest.mark.parametrize(
    "text",
    [
        "Introduced single sign-on for 4,000 users", "Managed a ward for children of 24 beds",
        "Average handling time fell", "Ran the health and safety desk", "Addressed 40 complaints",
        "负责手机银行项目", "健康管理App的运营", "康复科护士", "生育保险申报", "电话客服团队8人",
    ],
)  # fmt: skip
def test_a_line_about_work_is_not(text: str) -> None:
    """Words that only look private do not hide work."""
    assert not is_private(text)


def test_time_that_was_taken_off_is_neither_post_nor_break() -> None:
    """A leave covers its months without a word of it being kept, and so does a declared break."""
    for leave in ("Maternity leave, 2020-02 – 2021-03", "Career break\n2020-02 – 2021-03",
                  "Travel and sabbatical (2020-02 – 2021-03)",
                  "From 2020-02 to 2021-03 I was at home on family leave to look after two people."
                  ):  # fmt: skip
        cv = f"Work\n\nClerk, Acme, 2021-04 – now\n\n{leave}\n\nTutor, Bee, 2016-01 – 2020-01\n"
        record = read_cv(cv, "2026-11")
        assert [post.text for post in record.posts] == ["Clerk, Acme", "Tutor, Bee"]
        assert record.breaks == ()
        assert "leave" not in str(record).lower()


def test_what_follows_a_leave_is_left_alone_with_it() -> None:
    """A time without a post right after a leave is no break to be told."""
    ended = "Work\nSick leave 2020-02 – 2021-03\nTutor, Bee, 2016-01 – 2020-01\n"
    assert read_cv(f"{ended}Clerk, Acme, 2022-06 – now", "2026-11").breaks == ()
    assert read_cv(ended, "2026-11").breaks == ()


def test_breaks_are_longer_than_six_months() -> None:
    """Six months are none, seven are; one that goes on is told from the day of the interview."""
    cv = "Work\nClerk, Acme, 2020-{} – 2021-01\nTutor, Bee, 2016-01 – 2020-01"
    assert read_cv(cv.format("08")).breaks == ()
    (gap,) = read_cv(cv.format("09")).breaks
    assert (gap.since, gap.until, gap.post.title) == ("2020-01", "2020-09", "Clerk, Acme")
    (newest, _) = read_cv(cv.format("09"), "2021-08").breaks
    assert (newest.since, newest.until, newest.post.title) == ("2021-01", None, "Clerk, Acme")
    assert len(read_cv(cv.format("09"), "2021-07").breaks) == 1


def test_neither_school_nor_volunteering_leaves_a_break() -> None:
    """What is covered by a course or by volunteer work is none, nor is the time before a post."""
    cv = (
        "Education\nBSc, Leeds University, 2010 – 2013\n\nWork\nClerk, Acme, 2019-01 – now\n"
        "Tutor, Bee, 2015-01 – 2016-01\n\nVolunteering\nFood bank, 2016-02 – 2018-12\n"
    )
    assert read_cv(cv).breaks == ()
    assert read_cv("Education\nBSc, Leeds University, 2010 – 2013").breaks == ()


def test_a_date_said_in_passing_is_no_post() -> None:
    """Sentences and points about work may name years."""
    cv = (
        "Work\nFood retailer with 210 shops. Data team of three at first, five since 2024.\n"
        "- Moved 40 reports to the new warehouse between 2019 and 2021 with two analysts\n"
        "Responsible for the long and winding road of the whole department which is described "
        "at such length here 2015 - 2018 that nobody would take it for a post\n"
    )
    assert read_cv(cv).posts == ()


def test_a_cv_without_headings_still_has_posts_and_schools() -> None:
    """Schools are told from posts by their words, and a project by its section."""
    cv = (
        "Clerk, Acme, 2016 – 2018\nLeeds University, 2012 – 2015\n\nProjects\nStock app, 2017-2018"
    )
    record = read_cv(cv)
    assert [entry.text for entry in record.posts] == ["Clerk, Acme"]
    assert [entry.text for entry in record.education] == ["Leeds University"]
    assert [entry.text for entry in record.projects] == ["Stock app"]


def test_title_employer_and_dates_may_stand_on_lines_of_their_own() -> None:
    """Before or after the dates, with a blank line between or not; others' lines are not taken."""
    for cv in (
        "Work\nClerk\nAcme Ltd\n2016 – 2018\n- Filed 40 forms",
        "Work\n2016 – 2018\nClerk\nAcme Ltd\n- Filed 40 forms",
        "Work\n\nClerk\n\nAcme Ltd\n\n2016 – 2018\n- Filed 40 forms",
    ):
        assert [post.text for post in read_cv(cv).posts] == ["Clerk · Acme Ltd"]
    late = (
        "Work\nIt was a good time for all.\n\nClerk\n2016 – 2018\n\nAcme Ltd\n\n- Filed 40 forms"
    )
    assert [post.text for post in read_cv(late).posts] == ["Clerk · Acme Ltd"]
    apart = "Work\nNight shifts\nA remark\n\nClerk\n2016 – 2018\nAcme Ltd\n- Filed 40 forms\n1.\n"
    assert [post.text for post in read_cv(apart).posts] == ["Clerk · Acme Ltd"]
    assert [line.text for line in cv_lines("1.\n2. Filed forms")] == ["Filed forms"]


def test_skills_lose_their_levels_and_kinds() -> None:
    """How well something is known, and what kind it is, are no skills."""
    cv = (
        "## Skills\nLanguages: German (C1), Spanish - fluent\nSQL: window functions\n"
        "Excel ★★★★☆, R (ggplot, dplyr), Basic\n熟练掌握Python、熟悉Linux和Git\n| Ada | expert |\n"
    )
    assert read_cv(cv).skills == (
        "German", "Spanish", "window functions", "SQL", "Excel", "Python", "Linux", "Git", "Ada",
    )  # fmt: skip


def test_a_list_of_skills_ends_with_a_blank_line() -> None:
    """What follows one skill a line after a blank one is something else."""
    assert read_cv("SKILLS\nCobol\nFortran\n\nJO REED\nProgrammer").skills == ("Cobol", "Fortran")


def test_two_columns_are_read_one_after_the_other() -> None:
    """Columns side by side are taken apart; dates set at the right make no column."""
    left = ["SKILLS", "Cobol", "Fortran", "Ada", "Lisp"]
    right = [
        "WORK",
        "Clerk, Acme, 2016 – 2018",
        "* Filed 40 forms a",
        "  day in two offices",
        "* Wrote 3",
    ]
    cv = "\n".join(f"{one:20}{two}" for one, two in zip(left, right, strict=True))
    below = "".join(
        f"{' ' * 20}{text}\n" for text in ("letters", "", "and more", "to many", "people")
    )
    record = read_cv(f"{cv}\n{below}")
    assert record.skills == ("Cobol", "Fortran", "Ada", "Lisp")
    assert [post.text for post in record.posts] == ["Clerk, Acme"]
    assert record.claims[0] == "Filed 40 forms a day in two offices"
    dated = "\n".join(f"Clerk, Acme{n}{' ' * 20}201{n} – 201{n + 1}" for n in range(8))
    assert len(read_cv(f"Work\n{dated}").posts) == 8
    across = "\n".join(f"{'Word ' * 8}{n}" for n in range(12))
    assert len(cv_lines(f"{cv}\n{across}")) >= 12


def test_headings_come_in_many_dresses() -> None:
    """Numbers, frames, capitals, spaced letters and a colon with content name the same section."""
    for heading in (
        "## Work experience", "WORK EXPERIENCE:", "=== Employment ===", "2. Career history",
        "E X P E R I E N C E", "二、工作经历", "【工作经历】", "**Employment**", "工 作 经 历",
    ):  # fmt: skip
        lines = cv_lines(f"{heading}\n- Filed 40 forms")
        assert lines[-1].section == "work", heading
    (heading_line, rest) = cv_lines("Skills: Ada, Lisp")
    assert (heading_line.kind, rest.text, rest.quote) == ("heading", "Ada, Lisp", "Ada, Lisp")
    assert cv_lines("(a remark in brackets that goes on for longer than any heading could) x")


def test_lines_tell_of_work_or_not() -> None:
    """Points in a section on work do, others by their verb; headings and schools never do."""
    lines = cv_lines("Work\n- Night shifts at the depot\n\nEducation\n- Led a club of 9\n")
    assert [says_work(line) for line in lines] == [False, True, False, False]
    assert work_lines("Work\n- Night shifts at the depot", "en")[0].line == 2


def test_a_very_long_line_is_left_out() -> None:
    """Prose of pages is no entry of a CV."""
    assert read_cv("Work\n- Filed 40 forms " + "and more " * 60).claims == ()


@given(st.text("Work2019-–至今工作经历负责 ab,.|#*-\n：（）\t", max_size=300))
def test_any_text_can_be_read_as_a_cv(text: str) -> None:
    """Whatever is pasted, it ends without an error and quotes stand in it."""
    read_cv(text, "2026-11")
    assert all(line.quote in text for line in cv_lines(text))


def test_a_section_and_its_content_may_share_a_line() -> None:
    """A bar parts them as a colon does, but not in a table, where it parts columns."""
    assert read_cv("专业技能 | 急救、无菌操作").skills == ("急救", "无菌操作")
    table = "## 技能\n| 项目 | 程度 |\n|---|---|\n| Python | 熟练 |\n"
    assert read_cv(table).skills == ("Python",)

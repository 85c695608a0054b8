import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.interview.cv_dates import Month, find_span, find_year, without_dates


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("Mar 2019 – present", "2019-03", None),
        ("Sept. 2016 - Feb 2019", "2016-09", "2019-02"),
        ("03/2019 - 06/2021", "2019-03", "2021-06"),
        ("01.03.2019 – 30.06.2021", "2019-03", "2021-06"),
        ("03/15/2019 - 06/30/2021", "2019-03", "2021-06"),
        ("Sep. 15, 2019 - Dec. 3, 2020", "2019-09", "2020-12"),
        ("Mar '19 – Jun '21", "2019-03", "2021-06"),
        ("2019.03-2021.06", "2019-03", "2021-06"),
        ("2019-03-2021-06", "2019-03", "2021-06"),
        ("2019-03 → 2021-06", "2019-03", "2021-06"),
        ("2019/03 ~ 至今", "2019-03", None),
        ("2019年3月至今", "2019-03", None),
        ("2019年3月起", "2019-03", None),
        ("2019 年 3 月 至 2021 年 6 月", "2019-03", "2021-06"),
        ("（2018年7月～2020年6月）", "2018-07", "2020-06"),
        ("2019年3月-8月", "2019-03", "2019-08"),
        ("2019.03-08", "2019-03", "2019-08"),
        ("2017年-2019年", "2017", "2019"),
        ("Jan – Jun 2018", "2018-01", "2018-06"),
        ("2016-18", "2016", "2018"),
        ("2011 – 2015", "2011", "2015"),
        ("from 2015 until 2018", "2015", "2018"),
        ("2019 to date", "2019", None),
        ("Since March 2020", "2020-03", None),
        ("自2020年3月", "2020-03", None),
        ("Summer 2018 - Winter 2019", "2018-06", "2019-12"),
    ],
)
def test_a_span_is_read_however_it_is_written(line: str, first: str, last: str | None) -> None:
    """European, American and Chinese forms mean the same; a month not given is not guessed."""
    span = find_span(f"Clerk, {line}")
    assert span is not None
    assert (str(span.first), span.last and str(span.last)) == (first, last)
    assert f"Clerk, {line}"[span.start : span.end] in line


@pytest.mark.parametrize(
    "line",
    [
        "sold 2019 units", "from 19% to 11%", "2016-08", "Q3 2019", "2021 – 2019", "13/2019",
        "13/2019 - 06/2021", "2019.03-13", "2019, 2020", "Jun – Jan 2018",
        "Phone 020 2019 2020 2021 999", "since May",
    ],
)  # fmt: skip
def test_what_is_no_span_is_none(line: str) -> None:
    """Figures, single dates and spans that end before they begin are no spans."""
    assert find_span(line) is None


def test_a_single_date_is_a_time_of_its_own() -> None:
    """A year alone begins and ends with itself; no year is nothing."""
    found = find_year("BSc, 2014")
    assert found is not None
    assert (found.first, found.last) == (Month(2014), Month(2014))
    assert find_year("BSc, 40/2014") is None
    assert find_year("BSc") is None


def test_figures_are_left_when_dates_are_taken_out() -> None:
    """What counts something stays, dates go."""
    assert "40" in without_dates("2019-2021: 40 lorries since March 2020")
    assert not any(c.isdigit() for c in without_dates("2019.03-2021.06 and 2016-18"))


def test_months_know_their_bounds() -> None:
    """A year may begin in January and end in December."""
    assert Month(2020).latest - Month(2020).earliest == 11
    assert Month(2020, 3).earliest == Month(2020, 3).latest


@given(st.text("0123456789./-–年月至今到 JanMarchto'~", max_size=60))
def test_any_line_can_be_looked_at(line: str) -> None:
    """Whatever stands in a line, it ends without an error, and a span lies inside it."""
    for span in (find_span(line), find_year(line)):
        if span is not None:
            assert 0 <= span.start < span.end <= len(line)
            assert span.last is None or span.last.latest >= span.first.earliest
    without_dates(line)
